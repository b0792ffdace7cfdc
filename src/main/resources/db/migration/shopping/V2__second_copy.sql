-- Where the index is made again, beside the one that is searched.
create schema if not exists shopping_rebuild;
