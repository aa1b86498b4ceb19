// The bytes of versions were let go of.
// Parameters: images (ids), now. Cost: one index seek for each.
UNWIND $images AS id
MATCH (image:Image {id: id}) SET image.collectedAt = $now
