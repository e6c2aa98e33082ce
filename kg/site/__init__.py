"""The site: a data set as a folder of static files, which any web host serves.

A module here is one part of the site. Each has `pages(site)`, which gives its pages one by one;
`kg.publish` writes them.
"""
