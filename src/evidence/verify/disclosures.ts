import { digestOf } from '../canonical';
import type { Bundle } from './bundle';
import type { AuditEvent, ChainedEvent } from './events';
import { Fault } from './fault';

/** Every agreement is the one that an event tells of, to words that have the digest it names; none is missing. @throws {Fault} */
export function checkDisclosures({ disclosures, agreements }: Bundle, events: readonly ChainedEvent[]): void {
  const told = events.flatMap(({ event }, index) =>
    event.type === 'disclosure.agreed' ? [{ event, where: `events[${index}]` }] : [],
  );
  for (const [index, disclosure] of disclosures.entries()) {
    const where = `disclosures[${index}]`;
    if (digestOf(disclosure.document) !== disclosure.digest)
      throw new Fault(where, 'its digest is not of its document');
    const agreed = told.find(({ event }) => event.details['disclosureId'] === disclosure.disclosureId);
    if (!agreed) throw new Fault(where, 'no event says that anybody agreed to it');
    const { digest: disclosureDigest, source, template, language } = disclosure;
    requireSame({ disclosureDigest, source, template, language }, agreed.event, where);
    if (disclosures.findIndex((each) => each.disclosureId === disclosure.disclosureId) !== index) {
      throw new Fault(where, 'is there twice');
    }
  }
  for (const [index, agreement] of agreements.entries()) checkAgreement(agreement, told[index], `agreements[${index}]`);
  const missing = told[agreements.length];
  if (missing) throw new Fault('agreements', `the agreement of ${missing.where} is missing`);
  for (const { event, where } of told) {
    if (disclosures.every((each) => each.disclosureId !== event.details['disclosureId'])) {
      throw new Fault('disclosures', `the disclosure of ${where} is missing`);
    }
  }
}

function checkAgreement(
  agreement: Bundle['agreements'][number],
  told: { readonly event: AuditEvent; readonly where: string } | undefined,
  where: string,
): void {
  const { typedName, recordedBy, ...rest } = agreement;
  if (!told) throw new Fault(where, 'no event tells of it');
  requireSame({ ...rest, nameDigest: rest.nameDigest }, told.event, where);
  if (recordedBy !== told.event.actor) throw new Fault(where, `was recorded by another than ${told.where} says`);
  if (typedName && digestOf(typedName) !== rest.nameDigest)
    throw new Fault(where, 'the name is not the one that was typed');
}

/** What the bundle says must be what the event says, and must be absent where the event says nothing. */
function requireSame(members: Readonly<Record<string, unknown>>, { details }: AuditEvent, where: string): void {
  for (const [name, value] of Object.entries(members)) {
    if (value !== details[name]) throw new Fault(where, `its ${name} is not the one that was recorded`);
  }
}
