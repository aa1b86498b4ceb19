// The state of a version, and when it was deleted, if it is.
// Parameters: image (id), state, deletedAt (empty text unless deleted). Cost: one index seek.
MATCH (image:Image {id: $image})
SET image.state = $state, image.deletedAt = CASE $state WHEN 'DELETED' THEN $deletedAt END
