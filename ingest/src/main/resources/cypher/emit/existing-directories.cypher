// Which of these directories and chunks are there, and so complete.
// Parameters: directories, chunks (lists of digests). Cost: one index seek an id.
CYPHER 25 replan=skip
UNWIND $directories AS id
MATCH (directory:Directory {id: id}) USING INDEX SEEK directory:Directory(id)
RETURN id
UNION ALL
UNWIND $chunks AS id
MATCH (chunk:DirectoryChunk {id: id}) USING INDEX SEEK chunk:DirectoryChunk(id)
RETURN id
