"""The authoring desk: spreadsheets and XForms become packs, packs are checked and shown. Nothing of it runs in the lobby."""
