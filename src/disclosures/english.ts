import { CLUSTERS, DATA_CLUSTERS, type DataCluster } from '../domain/clusters';
import type { DisclosureTemplate } from './template';

const clusters = Object.fromEntries(DATA_CLUSTERS.map((name) => [name, CLUSTERS[name].label])) as Record<
  DataCluster,
  string
>;

/** `default/en`: whoever changes a word raises its version (builtin.ts). */
export const ENGLISH: DisclosureTemplate = {
  signature: 'button',
  titles: {
    connect: '{{application}} would like to read your data at {{institution}}',
    renew: '{{application}} would like to go on reading your data at {{institution}}',
    change: '{{application}} would like to change how it reads your data at {{institution}}',
  },
  sections: [
    {
      id: 'parties',
      paragraphs: [
        '{{application}} asks for your permission to get data about you from {{institution}}.',
        '{{unchanged}}',
      ],
    },
    {
      id: 'purpose',
      paragraphs: [
        'Purpose: {{purpose}}.',
        '{{application}} will collect, use and keep your data only to provide this product or service to you.',
      ],
    },
    { id: 'data', heading: 'What would be shared', items: ['{{data}}'], paragraphs: ['{{lookback}}'] },
    {
      id: 'duration',
      heading: 'How long',
      paragraphs: ['{{duration}} Your data are never collected for longer than one year after you last agreed.'],
    },
    {
      id: 'aggregator',
      heading: 'Who collects the data',
      paragraphs: [
        '{{aggregator}} collects the data for {{application}}: it sends your permission to {{institution}}, gets the data there and passes them on.',
        'At {{institution}} you sign in, choose the accounts and decide what to share; we never see your password.',
      ],
    },
    {
      id: 'revocation',
      heading: 'How to end it',
      paragraphs: [
        'You can end this at any time and free of charge: in {{application}}, at {{institution}}, or on the page of the link that brought you here. No more data are collected then.',
      ],
    },
    {
      id: 'certification',
      heading: 'What is promised to you',
      paragraphs: [
        '{{application}} certifies that it agrees to the obligations of third parties in 12 CFR 1033.421: among others, to collect, use and keep your data only as far as the product or service needs it, to protect them, and to stop when you say so. {{aggregator}} certifies the same for its part (12 CFR 1033.431).',
      ],
    },
  ],
  words: {
    once: 'Once.',
    untilEnded: 'Until you end it, for one year at most.',
    forDays: 'For {{days}} days.',
    lookback: 'History: the last {{days}} days.',
    unchanged: 'Until you agree at your bank, everything stays as it is.',
    continue: 'Continue to {{institution}}',
    notNow: 'Not now',
    nameLabel: 'Your full name',
    nameHint: 'By typing your name and pressing the button you sign this.',
    nameMissing: 'Type your name, 200 characters at most. Nothing was started.',
    changedMeanwhile: 'This text was changed since you opened it. Please read it again; nothing was started.',
    otherLanguages: 'In another language',
  },
  clusters,
};
