// The image at a location, known before or not, and the directory it lies in as an operational repository.
// Parameters: id, location, name, format, virtualBytes, allocatedBytes, modifiedAt, now, repository, directory, uri. Cost: two index seeks.
CYPHER 25 replan=skip
MERGE (image:Image {location: $location})
ON CREATE SET image.id = $id, image.name = $name, image.registeredAt = $now
SET image.format = $format, image.virtualBytes = $virtualBytes, image.allocatedBytes = $allocatedBytes,
  image.modifiedAt = $modifiedAt, image.state = 'ACTIVE'
MERGE (repository:Repository {id: $repository})
ON CREATE SET repository.name = $directory, repository.kind = 'OPERATIONAL', repository.connector = 'directory',
  repository.uri = $uri
WITH image, repository
FOREACH (_ IN CASE WHEN EXISTS { (image)-[:STORED_IN]->(:Repository) } THEN [] ELSE [1] END |
  CREATE (image)-[:STORED_IN]->(repository))
RETURN image.id AS id, image.name AS name
