"""The bundled rules, one module for each concern. See CONTRIBUTING.md for how to add one."""
