import { errors, type KoaContextWithOIDC } from 'oidc-provider';

/**
 * Grant Management for OAuth 2.0 (draft) §5.3: an action this bank does not offer is refused when it is pushed.
 * @throws invalid_request
 */
export function checkGrantManagementAction(_ctx: KoaContextWithOIDC, action: string | undefined): void {
  if (action === undefined || action === 'create') return;
  throw new errors.InvalidRequest('grant_management_action: this bank only creates grants');
}
