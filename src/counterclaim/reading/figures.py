def find(page, cast, calendar, atlas, said, happened):
    return ()
