// Question: What do the failing machines have that the healthy ones lack?
// Parameter failing (list): names or ids of images that fail
// Parameter healthy (list): names or ids of images that do not
// Parameter share (number, 100): how many percent of the failing ones must have it
MATCH (image:Image)-[current:HAS_INVENTORY]->(inventory:Inventory)
WHERE current.until IS NULL AND (image.name IN $failing OR image.id IN $failing)
WITH collect(DISTINCT inventory) AS failing
MATCH (image:Image)-[current:HAS_INVENTORY]->(inventory:Inventory)
WHERE current.until IS NULL AND (image.name IN $healthy OR image.id IN $healthy)
WITH failing, collect(DISTINCT inventory) AS healthy
UNWIND failing AS inventory
CALL (inventory) {
  MATCH (inventory)-[:HAS_PACKAGES]->(:PackageGroup)-[has:INSTALLS]->(thing:PackageVersion) WHERE has.present
  RETURN 'INSTALLS' AS relation, null AS path, thing
  UNION ALL
  MATCH (inventory)-[has:CHECKED_AGAINST]->(thing:PackageVersion) UNWIND has.paths AS path
  RETURN 'CHECKED_AGAINST' AS relation, path, thing
  UNION ALL
  MATCH (inventory)-[has:ENABLES|MASKS|HAS_KERNEL|BOOTS_WITH|LISTENS_ON|CARRIES|HAS_ACCOUNT]->(thing)
  RETURN type(has) AS relation, null AS path, thing
}
WITH failing, healthy, relation, path, thing, count(DISTINCT inventory) AS number
WHERE number * 100 >= size(failing) * $share
  AND NOT EXISTS { MATCH (other)-[:HAS_PACKAGES]->(:PackageGroup)-[also:INSTALLS]->(thing)
                   WHERE relation = 'INSTALLS' AND other IN healthy AND also.present }
  AND NOT EXISTS { MATCH (other)-[also:CHECKED_AGAINST]->(thing)
                   WHERE relation = 'CHECKED_AGAINST' AND other IN healthy AND path IN also.paths }
  AND NOT EXISTS { MATCH (other)-[also:ENABLES|MASKS|HAS_KERNEL|BOOTS_WITH|LISTENS_ON|CARRIES|HAS_ACCOUNT]->(thing)
                   WHERE type(also) = relation AND other IN healthy }
RETURN relation AS what, coalesce(path, thing.purl, thing.name, thing.file, thing.kernelVersion, thing.id) AS thing,
       number, size(failing) AS failingImages
ORDER BY number DESC, what, thing
