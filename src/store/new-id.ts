import { v7 as uuidv7 } from 'uuid';
import { ID_PREFIX } from '../domain/ids';

/** A new id of a kind: `cns_` and 32 hexadecimal digits. Ids are in the order of their making (RFC 9562 §5.7). */
export function newId(kind: keyof typeof ID_PREFIX): string {
  return `${ID_PREFIX[kind]}_${uuidv7().replaceAll('-', '')}`;
}
