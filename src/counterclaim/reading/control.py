def find(page, cast, calendar, atlas, said):
    return ()
