import { COMMANDS } from '../../src/cli/commands';
import { ConsentFailure } from '../../src/domain/failures';
import type { ConsentId } from '../../src/domain/ids';
import { PAUSE_RETRY_AFTER_SECONDS, requireOpen } from '../../src/institutions/pause';
import { auditSubject } from '../../src/operators/audit-subject';
import { countsOf, withFailuresTold } from '../../src/operators/bulk';
import { inTurn } from '../../src/operators/in-turn';
import { remark } from '../../src/operators/remark';

const NEVER = new AbortController().signal;

describe('a paused institution', () => {
  it('lets new work wait, and says for how long', () => {
    let failure: unknown;
    try {
      requireOpen({ institution_paused_at: new Date() });
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(ConsentFailure);
    expect(failure).toMatchObject({ code: 'institution_paused', retryAfterSeconds: PAUSE_RETRY_AFTER_SECONDS });
    expect((failure as ConsentFailure).kind).toBe('unavailable');
  });

  it('is one only while it is', () => {
    expect(() => {
      requireOpen({ institution_paused_at: null });
    }).not.toThrow();
  });
});

describe('what is written down of an action', () => {
  it('is ids and options as they were given', () => {
    const given = { institutionId: 'first-bank', force: true, limit: 3, ids: ['a', 'b'], json: undefined, none: [] };
    expect(auditSubject(given)).toEqual({ institutionId: 'first-bank', force: true, limit: 3, ids: ['a', 'b'] });
  });

  it('holds no API key and no link, although somebody pasted one', () => {
    const key = `fdxc_op_${'k'.repeat(43)}`;
    const link = `https://consent.example/connect/${'t'.repeat(43)}`;
    const subject = JSON.stringify(auditSubject({ arguments: [key, `see ${link}`] }));
    expect(subject).toBe('{"arguments":["…","see https://consent.example…"]}');
  });

  it('is short, and nothing that PostgreSQL cannot keep', () => {
    expect(String(auditSubject({ reason: 'x'.repeat(9_000) })['reason'])).toHaveLength(501);
    expect(auditSubject({ reason: 'a\0b', body: { token: 'secret' } })).toEqual({ reason: 'ab', body: '…' });
  });
});

describe('what an operator writes', () => {
  it.each(['', '   ', 'two\nlines', 'nul\0', 'x'.repeat(501)])('is one line of text: not %j', (text) => {
    expect(remark.safeParse(text).success).toBe(false);
  });

  it('is kept as written, in any script', () => {
    expect(remark.parse('  Rückruf mit Frau Müller, 銀行 ')).toBe('Rückruf mit Frau Müller, 銀行');
  });
});

describe('many, one after the other', () => {
  it('keep the pace', async () => {
    const startedAt = performance.now();
    const starts = await inTurn([1, 2, 3, 4], { perSecond: 50, signal: NEVER }, () =>
      Promise.resolve(performance.now() - startedAt),
    );
    // The first at once, each of the others no sooner than 20 ms after the one before was due.
    expect(starts[3]).toBeGreaterThanOrEqual(58);
  });

  it('stop between two when told to, and say what was done', async () => {
    const stop = new AbortController();
    const done = await inTurn([1, 2, 3], { perSecond: 1_000, signal: stop.signal }, (each) => {
      if (each === 2) stop.abort();
      return Promise.resolve(each);
    });
    expect(done).toEqual([1, 2]);
  });

  it('do not wait for their turn when told to stop meanwhile', async () => {
    const stop = new AbortController();
    const pace = { perSecond: 0.01, signal: stop.signal };
    const done = await inTurn([1, 2], pace, (each) => {
      setImmediate(() => {
        stop.abort();
      });
      return Promise.resolve(each);
    });
    expect(done).toEqual([1]);
  });

  it('tell a failure by its code, or by its name and never its message', async () => {
    const id = 'cns_1' as ConsentId;
    const refused = withFailuresTold(() => Promise.reject(new ConsentFailure('invitation_open', 'It is inv_1.')));
    const broken = withFailuresTold(() => Promise.reject(new TypeError('secret')));
    const outcomes = [await refused(id), await broken(id), await refused(id)];
    expect(outcomes).toEqual(['failed:invitation_open', 'failed:TypeError', 'failed:invitation_open']);
    expect(countsOf(outcomes)).toEqual({ 'failed:invitation_open': 2, 'failed:TypeError': 1 });
  });
});

describe('a command', () => {
  const name = ({ words }: (typeof COMMANDS)[number]): string => words.join(' ');

  it('either only reads, or is written down with who ran it', () => {
    expect(COMMANDS.filter(({ changes }) => changes === false).map(name)).toEqual(
      COMMANDS.map(name).filter((each) =>
        /^(?!.*registration (update|delete)).* (list|show|check|log|can-retire|subscriptions|certificate|status|openings|verify|audit|events|preview|kantara|watch|deliveries)$|^export |^(dev|api|worker|key-service|doctor|openapi|completion)$/.test(
          each,
        ),
      ),
    );
  });

  it('that changes many is not written down when it only looks', () => {
    const bulk = COMMANDS.filter(({ changes }) => typeof changes === 'function');
    expect(bulk.map(name)).toEqual(['consents renew', 'consents remind']);
    for (const { changes } of bulk) {
      expect(typeof changes === 'function' && [changes({ 'dry-run': true }), changes({})]).toEqual([false, true]);
    }
  });

  it('is found by its own words: none begins with all of another one’s', () => {
    const names = COMMANDS.map(name);
    const hidden = names.filter((each, index) =>
      names.slice(0, index).some((other) => `${each} `.startsWith(`${other} `)),
    );
    expect(hidden).toEqual([]);
  });
});
