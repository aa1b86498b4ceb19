// Question: Which certificates have expired or soon will, and which images hold them?
// Parameter days (number, 30): how many days to look ahead
// Parameter authorities (text, no): yes to be told of the system's list of authorities too
MATCH (certificate:Certificate)
WHERE certificate.notAfter < datetime() + duration({days: $days})
MATCH (certificate)<-[holds:HOLDS_CERTIFICATE]-(inventory:Inventory)<-[current:HAS_INVENTORY]-(image:Image)
WHERE current.until IS NULL
  AND ($authorities = 'yes' OR NOT holds.path STARTS WITH '/usr/share/ca-certificates/'
                               AND NOT holds.path STARTS WITH '/etc/ssl/certs/')
RETURN certificate.notAfter AS expires, certificate.subject AS subject, image.name AS image, holds.path AS path,
       certificate.issuer AS issuer
ORDER BY expires, subject, image, path
