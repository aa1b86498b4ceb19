// Which of these contents were summarized before by this version.
// Parameters: ids (list of text), by (text). Cost: one index seek a content.
UNWIND $ids AS id
MATCH (file:File {id: id})
WHERE file.summarizedBy = $by
RETURN id
