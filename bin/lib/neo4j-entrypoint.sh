#!/bin/bash
# The first process in the container of bin/neo4j-image. Only bash, mkdir and cat are there.
set -euo pipefail

options=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED
    --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
    -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -cp "$NEO4J_HOME/lib/*")

declare -A settings=(
    [server.default_listen_address]=0.0.0.0 [server.http.enabled]=true [server.https.enabled]=false
    [server.memory.pagecache.size]=64m [db.tx_log.preallocate]=false [db.tx_log.rotation.size]=64m
    [dbms.usage_report.enabled]=false [dbms.fleet_manager.enabled]=false [server.fleet_discovery.enabled]=false
    [client.allow_telemetry]=false [dbms.security.auth_enabled]=true)

auth=${NEO4J_AUTH:-none}
[[ $auth != none ]] || settings[dbms.security.auth_enabled]=false

# NEO4J_server_memory_pagecache_size → server.memory.pagecache.size, as in the official image.
for variable in "${!NEO4J_@}"; do
    case $variable in
        NEO4J_AUTH | NEO4J_HOME | NEO4J_CONF | NEO4J_ACCEPT_LICENSE_AGREEMENT | NEO4J_PLUGINS | NEO4JLABS_PLUGINS) continue ;;
    esac
    name=${variable#NEO4J_}
    name=${name//__/%}
    name=${name//_/.}
    settings[${name//%/_}]=${!variable}
done
for name in "${!settings[@]}"; do printf '%s=%s\n' "$name" "${settings[$name]}"; done >"$NEO4J_CONF/neo4j.conf"

if [[ $auth != none ]]; then
    # Refused when the container is started again: the password is set by then.
    java "${options[@]}" org.neo4j.cli.AdminTool dbms set-initial-password "${auth#*/}" || true
fi
exec java "${options[@]}" org.neo4j.server.Neo4jCommunity --home-dir="$NEO4J_HOME" --config-dir="$NEO4J_CONF" --console-mode
