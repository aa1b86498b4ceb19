// Which of these contents were summarized before by this version.
// Parameters: ids (list of text), by (text). Cost: one index seek a content.
CYPHER 25 replan=skip
UNWIND $ids AS id
MATCH (file:File {id: id})
USING INDEX SEEK file:File(id)
WHERE file.summarizedBy = $by
RETURN id
