// The content of the version that a file was checked out from, while the store has it.
// Parameters: location. Cost: one index seek.
MATCH (:Image {location: $location})<-[:HAS_BRANCH]-(version:Image) WHERE version.collectedAt IS NULL
RETURN version.content AS content LIMIT 1
