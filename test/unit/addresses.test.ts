import type { LookupAddress } from 'node:dns';
import { addressPolicyOf } from '../../src/fapi/addresses';
import { AddressRefused } from '../../src/outbound/public-addresses';

const PROFILE = {
  issuer: 'https://auth.bank.example',
  allowPrivateAddresses: false,
  fdx: { baseUrl: 'https://10.1.2.3/fdx', consents: { baseUrl: 'https://[fd00::7]/consents' } },
};

function resolved(hostname: string, profile = PROFILE): Promise<readonly LookupAddress[] | string> {
  return new Promise((resolve, reject) => {
    addressPolicyOf(profile).lookup(hostname, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });
}

describe('where requests to a bank may go', () => {
  const policy = addressPolicyOf(PROFILE);

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine, in IPv6', '[::1]'],
    ['a private network', '192.168.0.10'],
    ['a private network', '172.16.9.9'],
    ['a private network, in IPv6', '[fd12:3456::1]'],
    ['a cloud’s metadata service', '169.254.169.254'],
    ['a private address mapped into IPv6', '[::ffff:10.0.0.1]'],
    ['a private address in the form that IPv6 had before', '[::a00:1]'],
    ['an address that nobody has been given', '[4000::1]'],
    ['an address shared by a carrier', '100.64.0.1'],
    ['no address at all', '0.0.0.0'],
    ['a multicast address', '224.0.0.1'],
    ['a number that means this machine', '2130706433'],
  ])('is not %s (%s) when only metadata name it', (_, host) => {
    expect(() => {
      policy.check(new URL(`https://${host}/token`));
    }).toThrow(AddressRefused);
  });

  it.each(['93.184.216.34', '[2606:2800:220:1::1]', 'token.bank.example'])('may be %s', (host) => {
    expect(() => {
      policy.check(new URL(`https://${host}/token`));
    }).not.toThrow();
  });

  it('may be a private address that the operator wrote into the profile', () => {
    expect(() => {
      policy.check(new URL('https://10.1.2.3/fdx/accounts'));
      policy.check(new URL('https://[fd00::7]/consents/1'));
    }).not.toThrow();
  });

  it('may be private when the profile says so', () => {
    expect(() => {
      addressPolicyOf({ ...PROFILE, allowPrivateAddresses: true }).check(new URL('https://127.0.0.1/'));
    }).not.toThrow();
  });

  it('is decided again when a name is resolved: a public name for a private address is refused', async () => {
    await expect(resolved('localhost')).rejects.toBeInstanceOf(AddressRefused);
  });

  it('lets the name of the profile itself resolve to a private address', async () => {
    const profile = { ...PROFILE, issuer: 'https://localhost:9443' };
    const addresses = await resolved('localhost', profile);
    expect(addresses).toEqual(expect.arrayContaining([expect.objectContaining({ address: '127.0.0.1' })]));
  });

  it('answers in the form it was asked in', async () => {
    const { lookup } = addressPolicyOf({ ...PROFILE, allowPrivateAddresses: true });
    const [address, family] = await new Promise<unknown[]>((resolve) => {
      lookup('localhost', { family: 4 }, (_error, ...answer) => {
        resolve(answer);
      });
    });
    expect([address, family]).toEqual(['127.0.0.1', 4]);
  });

  it('reports a name that does not exist as such', async () => {
    await expect(resolved('bank.invalid')).rejects.not.toBeInstanceOf(AddressRefused);
  });
});
