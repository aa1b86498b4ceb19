// All repositories with how many images each has. Cost: one lookup a repository and one count of its images.
MATCH (r:Repository)
RETURN r.id AS id, r.name AS name, r.kind AS kind, r.connector AS connector, r.uri AS uri,
       COUNT { (r)<-[:STORED_IN]-(:Image) } AS images
ORDER BY name, id
