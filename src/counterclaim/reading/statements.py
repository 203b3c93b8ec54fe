def find(page, cast, calendar):
    return ()
