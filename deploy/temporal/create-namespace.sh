#!/bin/sh
# Makes the namespace and the search attributes of a consent, where they are not there yet. Safe to run again.
set -eu

until temporal operator cluster health; do sleep 2; done

if ! temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 720h
fi

# A new namespace is known to every part of the server after some seconds.
until known=$(temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE"); do sleep 2; done

ensure() {
  if ! echo "$known" | grep -q "^ *$1 "; then
    temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$1" --type "$2"
  fi
}
ensure ConsentStatus Keyword
ensure InstitutionId Keyword
ensure ApplicationId Keyword
ensure NextAction Keyword
ensure ConsentExpiresAt Datetime
