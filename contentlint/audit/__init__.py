"""The audit: what state a blog is in as a whole, as data, as a page, and on one screen.

`gather` goes through all posts once, and `report` makes of that and of the findings plain data,
which `schemas/audit.schema.json` describes. What no single post shows is found by one module each:
`similar`, `linking`, `pictures`, `texts`, `readability`, `words`. `earlier` reads an older report to compare with,
`terminal` and `page` show one; they know nothing but its data.
"""
