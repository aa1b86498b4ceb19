// The name of an image. Parameters: image (id). Cost: one index seek.
CYPHER 25
MATCH (image:Image {id: $image})
RETURN image.name AS name
