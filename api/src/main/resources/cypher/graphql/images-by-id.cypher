// Images by id. Parameter: ids. Cost: one seek an image.
UNWIND $ids AS id
MATCH (i:Image {id: id})
RETURN id AS key, i {.id, .name, .description, .format, .location, .virtualBytes, .allocatedBytes, .modifiedAt, .state} AS value
