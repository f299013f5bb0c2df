import type { ServerMetadata } from 'openid-client';
import { requestSigningAlgorithm, usesMutualTls } from '../domain/institution';
import type { UnregisteredProfile } from '../domain/registration';

/** One thing an institution offers, against what FAPI 2.0 and its profile need. */
export interface Finding {
  /** The metadata parameter, or what it stands for. */
  readonly subject: string;
  readonly offered: string;
  readonly needed: string;
  /** `unstated`: the metadata say nothing, which the standard allows; the first request will show. */
  readonly verdict: 'met' | 'unmet' | 'unstated';
  /** Where the need comes from. */
  readonly source: string;
}

/**
 * Compares what an authorization server says of itself with what we are going to do there. A server that cannot do it is found
 * here, before a person stands in front of its error page.
 */
export function reviewMetadata(metadata: ServerMetadata, profile: UnregisteredProfile): readonly Finding[] {
  return [
    ...endpointFindings(metadata, profile),
    ...authorizationFindings(metadata, profile),
    ...authenticationFindings(metadata, profile),
    ...senderFindings(metadata, profile),
    ...signatureFindings(metadata, profile),
  ];
}

function endpointFindings(metadata: ServerMetadata, profile: UnregisteredProfile): Finding[] {
  const readsKeys = profile.openid || profile.responseMode === 'jwt';
  return [
    endpoint(metadata, 'pushed_authorization_request_endpoint', 'FAPI 2.0 Security Profile §5.3.2.2'),
    endpoint(metadata, 'authorization_endpoint', 'RFC 8414 §2'),
    endpoint(metadata, 'token_endpoint', 'RFC 8414 §2'),
    ...(readsKeys ? [endpoint(metadata, 'jwks_uri', 'RFC 8414 §2')] : []),
    ...(profile.fdx.consents.idSource === 'introspection'
      ? [endpoint(metadata, 'introspection_endpoint', 'RFC 7662; fdx.consents.idSource of the profile')]
      : []),
    ...(profile.request.grantManagementAction !== undefined
      ? [endpoint(metadata, 'grant_management_endpoint', 'Grant Management §7.1; request.grantManagementAction')]
      : []),
  ];
}

function authorizationFindings(metadata: ServerMetadata, profile: UnregisteredProfile): Finding[] {
  const findings = [
    listed(metadata, 'response_types_supported', ['code'], 'FAPI 2.0 Security Profile §5.3.2.2'),
    listed(metadata, 'code_challenge_methods_supported', ['S256'], 'FAPI 2.0 Security Profile §5.3.2.2'),
  ];
  if (profile.request.form === 'authorization_details') {
    findings.push(listed(metadata, 'authorization_details_types_supported', ['fdx_v1.0'], 'RFC 9396 §10'));
  }
  if (profile.responseMode === 'jwt') {
    findings.push(listed(metadata, 'response_modes_supported', ['jwt', 'query.jwt'], 'JARM §3'));
  } else {
    // RFC 9207 §3: absent means that it does not send `iss`, and then a mix-up of two banks could not be told.
    const offered = metadata.authorization_response_iss_parameter_supported;
    findings.push({
      subject: 'authorization_response_iss_parameter_supported',
      offered: offered === undefined ? 'missing' : String(offered),
      needed: 'true',
      verdict: offered === true ? 'met' : 'unmet',
      source: 'FAPI 2.0 Security Profile §5.3.2.2, RFC 9207 §3',
    });
  }
  const signedOnly = metadata['require_signed_request_object'];
  if (signedOnly === true || profile.request.signed) {
    findings.push({
      subject: 'require_signed_request_object',
      offered: signedOnly === undefined ? 'missing' : String(signedOnly),
      needed: profile.request.signed ? 'any' : 'false, or request.signed in the profile',
      verdict: profile.request.signed ? 'met' : 'unmet',
      source: 'RFC 9101 §10.5',
    });
  }
  return findings;
}

function authenticationFindings(metadata: ServerMetadata, { clientAuthentication }: UnregisteredProfile): Finding[] {
  const source = 'FAPI 2.0 Security Profile §5.3.2.1';
  const { method } = clientAuthentication;
  const findings = [listed(metadata, 'token_endpoint_auth_methods_supported', [method], source)];
  if (clientAuthentication.method === 'private_key_jwt') {
    const names = spellingsOf(clientAuthentication.algorithm);
    findings.push(listed(metadata, 'token_endpoint_auth_signing_alg_values_supported', names, source));
  }
  return findings;
}

function senderFindings(metadata: ServerMetadata, profile: UnregisteredProfile): Finding[] {
  const { senderConstraint } = profile;
  const findings: Finding[] = [];
  if (senderConstraint.method === 'dpop') {
    const names = spellingsOf(senderConstraint.algorithm);
    findings.push(listed(metadata, 'dpop_signing_alg_values_supported', names, 'RFC 9449 §5.1'));
  } else {
    const offered = metadata.tls_client_certificate_bound_access_tokens;
    findings.push({
      subject: 'tls_client_certificate_bound_access_tokens',
      offered: offered === undefined ? 'missing' : String(offered),
      needed: 'true',
      verdict: offered === true ? 'met' : offered === undefined ? 'unstated' : 'unmet',
      source: 'RFC 8705 §3.3',
    });
  }
  if (usesMutualTls(profile)) {
    const aliases = Object.keys(metadata.mtls_endpoint_aliases ?? {});
    findings.push({
      subject: 'mtls_endpoint_aliases',
      offered: aliases.join(', ') || 'missing',
      needed: 'the endpoints for mutual TLS, where they differ',
      verdict: aliases.length > 0 ? 'met' : 'unstated',
      source: 'RFC 8705 §5',
    });
  }
  return findings;
}

function signatureFindings(metadata: ServerMetadata, profile: UnregisteredProfile): Finding[] {
  const source = 'FAPI 2.0 Security Profile §5.4.1';
  const findings: Finding[] = [];
  if (profile.openid) {
    const names = spellingsOf(profile.idTokenSignedResponseAlg);
    findings.push(listed(metadata, 'id_token_signing_alg_values_supported', names, source));
  }
  if (profile.responseMode === 'jwt') {
    const names = spellingsOf(profile.authorizationSignedResponseAlg);
    findings.push(listed(metadata, 'authorization_signing_alg_values_supported', names, source));
  }
  if (profile.request.signed) {
    const names = spellingsOf(requestSigningAlgorithm(profile));
    findings.push(listed(metadata, 'request_object_signing_alg_values_supported', names, source));
  }
  return findings;
}

function endpoint(metadata: ServerMetadata, subject: string, source: string): Finding {
  const value = metadata[subject];
  const isUsable = typeof value === 'string' && URL.canParse(value) && new URL(value).protocol === 'https:';
  const offered = value === undefined ? 'missing' : isUsable ? value : 'not an https URL';
  return { subject, offered, needed: 'an https URL', verdict: isUsable ? 'met' : 'unmet', source };
}

/** A list that must hold one of the wanted values, if it is published at all. */
function listed(metadata: ServerMetadata, subject: string, wanted: readonly string[], source: string): Finding {
  const value = metadata[subject];
  const needed = wanted.join(' or ');
  if (!Array.isArray(value)) return { subject, offered: 'missing', needed, verdict: 'unstated', source };
  // A bank may publish anything: what is shown and written down is short and printable.
  const names = value.filter((name): name is string => typeof name === 'string' && /^[\x21-\x7e]{1,64}$/.test(name));
  const verdict = wanted.some((name) => names.includes(name)) ? 'met' : 'unmet';
  return { subject, offered: names.slice(0, 20).join(', ') || 'empty', needed, verdict, source };
}

/** RFC 9864 §2.2 renames EdDSA over Ed25519; servers use either name. */
export function spellingsOf(algorithm: string): readonly string[] {
  return algorithm === 'EdDSA' ? ['EdDSA', 'Ed25519'] : [algorithm];
}
