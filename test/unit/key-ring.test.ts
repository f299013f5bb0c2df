import { parseKeyRing } from '../../src/store/key-ring';

const KEY = Buffer.alloc(32, 1).toString('base64url');
const OTHER = Buffer.alloc(32, 2).toString('base64url');

describe('a key ring', () => {
  it('encrypts with its first key and finds all of them', () => {
    const ring = parseKeyRing(`new:${KEY}, old:${OTHER}`);
    expect(ring.current.kid).toBe('new');
    expect(ring.find('old')?.key).toEqual(Buffer.alloc(32, 2));
    expect(ring.find('unknown')).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['a key without a name', KEY],
    ['an empty name', `:${KEY}`],
    ['a name with a space', `a b:${KEY}`],
    ['31 bytes', `a:${Buffer.alloc(31, 1).toString('base64url')}`],
    ['33 bytes', `a:${Buffer.alloc(33, 1).toString('base64url')}`],
    ['base64 instead of base64url', `a:${Buffer.alloc(32, 0xff).toString('base64')}`],
    ['an empty entry', `a:${KEY},`],
  ])('refuses %s', (_what, text) => {
    expect(() => parseKeyRing(text)).toThrow(/entry \d+ is not/);
  });

  it('refuses two keys of one name', () => {
    expect(() => parseKeyRing(`a:${KEY},a:${OTHER}`)).toThrow('two entries have the same kid');
  });

  it('names a faulty entry by its position, never its value', () => {
    const secret = 'not-a-valid-key-but-a-secret';
    const attempt = () => parseKeyRing(`a:${KEY},b:${secret}`);
    expect(attempt).toThrow('entry 2');
    expect(attempt).not.toThrow(new RegExp(secret));
  });
});
