// Answers: one image of the catalog, with the repository it is stored in.
// Parameters: imageId (text)
// Cost: one index lookup.
CYPHER 25
MATCH (image:Image {id: $imageId})
OPTIONAL MATCH (image)-[:STORED_IN]->(repository:Repository)
RETURN image.id AS id, image.name AS name, image.description AS description, image.format AS format,
       image.location AS location, image.virtualBytes AS virtualBytes, image.allocatedBytes AS allocatedBytes,
       image.modifiedAt AS modifiedAt, coalesce(image.state, 'ACTIVE') AS state, image.registeredAt AS registeredAt,
       repository.id AS repositoryId, repository.name AS repositoryName, repository.kind AS repositoryKind
LIMIT 1
