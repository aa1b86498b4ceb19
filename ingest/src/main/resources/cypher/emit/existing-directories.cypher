// Which of these directories and chunks are there, and so complete.
// Parameters: ids (list of digests). Cost: two index seeks an id.
UNWIND $ids AS id
CALL (id) {
  MATCH (node:Directory {id: id}) RETURN node
  UNION ALL
  MATCH (node:DirectoryChunk {id: id}) RETURN node
}
RETURN node.id AS id
