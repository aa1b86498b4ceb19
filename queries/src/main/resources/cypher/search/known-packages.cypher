// Answers: for some packages, how many current images have them and how many versions are known.
// Parameters: ids (list)
// Cost: one step for each installation.
CYPHER 25
UNWIND $ids AS id
MATCH (package:Package {id: id})
RETURN package.id AS id, package.ecosystem AS ecosystem, package.name AS name,
       COUNT { (package)<-[:VERSION_OF]-() } AS versions,
       COUNT { MATCH (package)<-[:VERSION_OF]-(:PackageVersion)<-[installs:INSTALLS]-(:PackageGroup)<-[:HAS_PACKAGES]-(:Inventory)
                     <-[has:HAS_INVENTORY]-(image:Image)
               WHERE installs.present AND has.until IS NULL
               RETURN DISTINCT image } AS images
