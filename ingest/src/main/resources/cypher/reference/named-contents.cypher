// Which of some contents of the store a version names, and whether all that do were deleted before a time.
// Parameters: contents (list), before. Cost: one index seek for each.
CYPHER 25
UNWIND $contents AS content
MATCH (image:Image {content: content})
USING INDEX image:Image(content)
RETURN content, collect(image.id) AS images,
  all(each IN collect(image) WHERE each.state = 'DELETED' AND each.deletedAt < $before) AS dead
