// The content of the version that a file was checked out from last, while the store has it, and the file's format.
// Parameters: location. Cost: one index seek.
MATCH (image:Image {location: $location})<-[has:HAS_BRANCH]-(version:Image) WHERE version.collectedAt IS NULL
RETURN version.content AS content, image.format AS format ORDER BY has.since DESC LIMIT 1
