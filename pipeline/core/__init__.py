"""What every stage may know: values, findings, errors, text and calendar. Imports nothing of the other packages."""
