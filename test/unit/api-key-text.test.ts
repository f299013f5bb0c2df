import fc from 'fast-check';
import { withoutSecrets } from '../../src/redaction';
import { judgeApiKeyText, newApiKeyText } from '../../src/store/api-key-text';

const roles = fc.constantFrom('application', 'operator');

describe('an API key', () => {
  it('says whose it is, is known by its form, and is a word that one click selects', () => {
    expect(newApiKeyText('application')).toMatch(/^fdxc_app_[0-9A-Za-z]{49}$/);
    expect(newApiKeyText('operator')).toMatch(/^fdxc_op_[0-9A-Za-z]{49}$/);
    expect(new Set(Array.from({ length: 1_000 }, () => newApiKeyText('operator'))).size).toBe(1_000);
  });

  it('is known as mistyped whichever character was changed', () => {
    fc.assert(
      fc.property(roles, fc.nat(48), fc.constantFrom('0', 'a', 'Z', '9'), (role, place, digit) => {
        const key = newApiKeyText(role);
        const at = key.length - 1 - place;
        const changed = key.slice(0, at) + digit + key.slice(at + 1);
        expect(judgeApiKeyText(changed)).toBe(changed === key ? 'fit' : 'mistyped');
      }),
    );
  });

  it('of before there was a checksum is still one', () => {
    expect(judgeApiKeyText(`fdxc_app_${'a-_9'.repeat(10)}abc`)).toBe('fit');
  });

  it.each(['', 'short', 'fdxc_app_', `fdxc_adm_${'a'.repeat(49)}`, 'a'.repeat(43), `${newApiKeyText('operator')}x`])(
    'is nothing like %j',
    (text) => {
      expect(judgeApiKeyText(text)).toBe('foreign');
    },
  );

  it('has the checksum that docs/access.md says', () => {
    // Worked out with another program: zlib.crc32 of Python.
    expect(judgeApiKeyText(`fdxc_app_${'0'.repeat(43)}3VrYrt`)).toBe('fit');
  });

  it('is masked wherever a text is logged', () => {
    expect(withoutSecrets(`key ${newApiKeyText('application')}.`)).toBe('key ….');
  });
});
