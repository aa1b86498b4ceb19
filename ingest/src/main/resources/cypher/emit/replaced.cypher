// What lay at a location is there no more, since something else is to lie there: the image stays, with its past, at no location.
// Parameters: location, former (what its location is from now on), now. Cost: one index seek.
CYPHER 25
MATCH (image:Image {location: $location})
SET image.location = $former, image.formerLocation = $location, image.state = 'MISSING', image.replacedAt = $now
RETURN image.id AS image
