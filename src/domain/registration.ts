import { CLUSTERS, DATA_CLUSTERS, type DataCluster } from './clusters';
import { requestSigningAlgorithm, type InstitutionProfile } from './institution';

/** An institution that has not given us a client id yet. */
export type UnregisteredProfile = Omit<InstitutionProfile, 'clientId'>;

/** A profile as it was before the bank gave us an id, and as it is for another one. */
export function withoutClientId(profile: InstitutionProfile): UnregisteredProfile {
  const fields = Object.entries(profile).filter(([name]) => name !== 'clientId');
  return Object.fromEntries(fields) as unknown as UnregisteredProfile;
}

/**
 * How our registration at a bank stands. `failed`: there is no client that can be used. A change that the bank refused leaves
 * `registered`, with the failure beside it.
 */
export type RegistrationStatus = 'registering' | 'registered' | 'updating' | 'deleting' | 'deleted' | 'failed';

/** Client metadata by the names of RFC 7591 §2, as they travel. */
export type ClientMetadata = Readonly<Record<string, unknown>>;

/** What the operator says about the registration; everything else follows from the profile and from where we live. */
export interface RegistrationRequest {
  /** Where to register, for a bank whose metadata do not say. */
  readonly endpoint?: string;
  /** The clusters that will be asked for there: their scopes are registered. All of FDX when absent. */
  readonly dataClusters?: readonly DataCluster[];
  readonly metadata: ClientMetadata & { readonly client_name: string };
}

/** A profile with what the operator says beside it: all that a registration needs to be asked for. */
export interface RegistrationTerms {
  readonly template: UnregisteredProfile;
  readonly request: RegistrationRequest;
}

/** Where the bank finds us. */
export interface OwnAddresses {
  readonly redirectUri: string;
  /** Our public keys. */
  readonly jwksUri: string;
}

/**
 * The metadata we register: what we are going to do there, and no more. Ours win over the operator's, so that a file cannot
 * weaken a registration.
 *
 * @see RFC 7591 §2, FAPI 2.0 Security Profile §5.3.3; FDX API 6.x, Recipient registration
 */
export function clientMetadataFor({ template, request }: RegistrationTerms, own: OwnAddresses): ClientMetadata {
  return {
    scope: scopeOf(template, request),
    ...request.metadata,
    redirect_uris: [own.redirectUri],
    jwks_uri: own.jwksUri,
    response_types: ['code'],
    grant_types: grantTypesOf(template),
    require_pushed_authorization_requests: true,
    ...authenticationOf(template),
    ...signaturesOf(template),
    ...(template.request.form === 'authorization_details' && { authorization_details_types: ['fdx_v1.0'] }),
  };
}

/** Least privilege: the scopes that the profile's requests will name. */
function scopeOf(template: UnregisteredProfile, { dataClusters = DATA_CLUSTERS }: RegistrationRequest): string {
  const { openid, request, fdx } = template;
  const scopes = [
    ...(openid ? ['openid'] : []),
    ...(request.offlineAccess ? ['offline_access'] : []),
    ...request.extraScopes,
    ...dataClusters.flatMap((cluster) => request.clusterScopes[cluster] ?? CLUSTERS[cluster].scopes),
    ...(fdx.consents.scope?.split(' ') ?? []),
    ...(request.grantManagementAction === undefined ? [] : ['grant_management_query', 'grant_management_revoke']),
    ...(notificationScopeOf(template)?.split(' ') ?? []),
  ];
  return [...new Set(scopes)].join(' ');
}

/** With which we subscribe to notifications, or ask for them. */
function notificationScopeOf(template: Partial<UnregisteredProfile>): string | undefined {
  // Terms that an earlier version has stored say nothing of them.
  const { notifications } = template;
  return notifications && notifications.mode !== 'none' ? notifications.scope : undefined;
}

function grantTypesOf(template: UnregisteredProfile): readonly string[] {
  const { request, fdx } = template;
  const speaksForItself =
    fdx.consents.credential === 'client_credentials' ||
    request.grantManagementAction !== undefined ||
    notificationScopeOf(template) !== undefined;
  return [
    'authorization_code',
    ...(request.offlineAccess ? ['refresh_token'] : []),
    ...(speaksForItself ? ['client_credentials'] : []),
  ];
}

function authenticationOf({ clientAuthentication, senderConstraint }: UnregisteredProfile): ClientMetadata {
  const dpop = senderConstraint.method === 'dpop';
  return {
    token_endpoint_auth_method: clientAuthentication.method,
    ...(clientAuthentication.method === 'private_key_jwt' && {
      token_endpoint_auth_signing_alg: clientAuthentication.algorithm,
    }),
    // RFC 9449 §5.2, RFC 8705 §3.4: the bank may then refuse us any token that is not bound.
    ...(dpop ? { dpop_bound_access_tokens: true } : { tls_client_certificate_bound_access_tokens: true }),
  };
}

function signaturesOf(template: UnregisteredProfile): ClientMetadata {
  return {
    // The defaults are RS256, which is not a FAPI 2.0 algorithm (Security Profile §5.4.1).
    ...(template.openid && { id_token_signed_response_alg: template.idTokenSignedResponseAlg }),
    ...(template.responseMode === 'jwt' && {
      authorization_signed_response_alg: template.authorizationSignedResponseAlg,
    }),
    ...(template.request.signed && {
      request_object_signing_alg: requestSigningAlgorithm(template),
      require_signed_request_object: true,
    }),
  };
}
