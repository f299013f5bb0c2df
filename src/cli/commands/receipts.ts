import { isReceiptId } from '../../domain/ids';
import { KANTARA_SETTINGS, kantaraPolicyOf } from '../../evidence/kantara-policy';
import { exportSigned } from '../../evidence/signed-receipt';
import { findReceipt } from '../../store/receipts';
import { listSigningKeys } from '../../store/signing-keys';
import { NotFound, UsageError } from '../command-errors';
import { withDatabase, type Command } from '../command';

export const RECEIPT_COMMANDS: readonly Command[] = [
  {
    words: ['evidence', 'kantara'],
    examples: ['rcp_0193'],
    synopsis: 'RECEIPT-ID',
    summary: 'a receipt as a Kantara Consent Receipt v1.1',
    changes: false,
    run: (_values, [id], settings) =>
      withDatabase(settings, async (database) => {
        if (id === undefined || !isReceiptId(id)) {
          throw new UsageError('Name the receipt: fdx-consent evidence kantara rcp_…');
        }
        const row = await findReceipt(database, id);
        if (!row) throw new NotFound(`There is no receipt ${id}.`);
        const keys = await listSigningKeys(database);
        const exported = exportSigned(row, {
          policy: kantaraPolicyOf(settings(...KANTARA_SETTINGS)),
          application: { ...row.identity, id: row.application_id },
          keys: keys.filter(({ purpose }) => purpose === 'receipt').map(({ publicJwk }) => publicJwk),
        });
        if ('missing' in exported) {
          throw new Error(`A Kantara receipt has to say more. Give first:\n  ${exported.missing.join('\n  ')}`);
        }
        return { text: JSON.stringify(exported, null, 2), value: exported };
      }),
  },
];
