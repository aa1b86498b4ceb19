// Question: Which images does nobody deploy and nothing stand on?
// Parameter days (number, 0): only images that were not changed for so many days
MATCH (image:Image)
WHERE image.state IN ['ACTIVE', 'DEPRECATED'] AND image.modifiedAt < datetime() - duration({days: $days})
  AND NOT EXISTS { (image)<-[:DERIVED_FROM]-(child) WHERE child.state IS NULL OR child.state <> 'DELETED' }
  AND NOT EXISTS { (image)-[:HAS_BRANCH]->() }
  AND NOT EXISTS { (image)<-[deployed:DEPLOYED_FROM]-() WHERE deployed.until IS NULL }
  AND NOT EXISTS { (image)<-[:POINTS_TO]-() }
RETURN image.name AS image, image.modifiedAt AS modified, image.allocatedBytes AS bytes, image.location AS location
ORDER BY modified, image, location
