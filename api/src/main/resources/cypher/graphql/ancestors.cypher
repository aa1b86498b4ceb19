// All ancestors of images, nearest first, to 100 steps. Parameter: ids.
// Cost: each relative once an image (the ends are distinct, so the walk is pruned).
UNWIND $ids AS id
MATCH p = SHORTEST 1 (:Image {id: id})-[:DERIVED_FROM]->{1,100}(i:Image) WHERE i.id <> id
RETURN id AS key, i {.id, .name, .description, .format, .location, .virtualBytes, .allocatedBytes, .modifiedAt, .state} AS value
ORDER BY length(p), i.name, i.id LIMIT 100000
