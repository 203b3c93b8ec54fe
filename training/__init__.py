"""How the learned parts are made. Needs `pip install -r training/requirements.txt`; reading needs none of it."""
