import type { DisclosureTemplate } from './template';

/** `default/es`: a full translation of the English one, as 12 CFR 1033.411(c) wants it. */
export const SPANISH: DisclosureTemplate = {
  signature: 'button',
  titles: {
    connect: '{{application}} desea leer sus datos en {{institution}}',
    renew: '{{application}} desea seguir leyendo sus datos en {{institution}}',
    change: '{{application}} desea cambiar la forma en que lee sus datos en {{institution}}',
  },
  sections: [
    {
      id: 'parties',
      paragraphs: [
        '{{application}} le pide permiso para obtener datos sobre usted de {{institution}}.',
        '{{unchanged}}',
      ],
    },
    {
      id: 'purpose',
      paragraphs: [
        'Finalidad: {{purpose}}.',
        '{{application}} recopilará, usará y conservará sus datos solo para ofrecerle este producto o servicio.',
      ],
    },
    { id: 'data', heading: 'Qué se compartiría', items: ['{{data}}'], paragraphs: ['{{lookback}}'] },
    {
      id: 'duration',
      heading: 'Cuánto tiempo',
      paragraphs: [
        '{{duration}} Sus datos nunca se recopilan durante más de un año desde la última vez que usted dio su permiso.',
      ],
    },
    {
      id: 'aggregator',
      heading: 'Quién recopila los datos',
      paragraphs: [
        '{{aggregator}} recopila los datos para {{application}}: envía su permiso a {{institution}}, obtiene allí los datos y los entrega.',
        'En {{institution}} usted inicia sesión, elige las cuentas y decide qué compartir; nunca vemos su contraseña.',
      ],
    },
    {
      id: 'revocation',
      heading: 'Cómo ponerle fin',
      paragraphs: [
        'Puede ponerle fin en cualquier momento y sin costo: en {{application}}, en {{institution}} o en la página del enlace que le trajo aquí. A partir de entonces no se recopilan más datos.',
      ],
    },
    {
      id: 'certification',
      heading: 'Qué se le promete',
      paragraphs: [
        '{{application}} certifica que acepta las obligaciones de los terceros según 12 CFR 1033.421: entre otras, recopilar, usar y conservar sus datos solo en la medida en que el producto o servicio lo necesite, protegerlos y detenerse cuando usted lo diga. {{aggregator}} certifica lo mismo por su parte (12 CFR 1033.431).',
      ],
    },
  ],
  words: {
    once: 'Una sola vez.',
    untilEnded: 'Hasta que usted le ponga fin, un año como máximo.',
    forDays: 'Durante {{days}} días.',
    lookback: 'Historial: los últimos {{days}} días.',
    unchanged: 'Hasta que usted dé su permiso en su banco, todo queda como está.',
    continue: 'Continuar a {{institution}}',
    notNow: 'Ahora no',
    nameLabel: 'Su nombre completo',
    nameHint: 'Al escribir su nombre y pulsar el botón, usted firma este texto.',
    nameMissing: 'Escriba su nombre, 200 caracteres como máximo. No se ha iniciado nada.',
    changedMeanwhile: 'Este texto cambió desde que usted lo abrió. Léalo de nuevo, por favor; no se ha iniciado nada.',
    otherLanguages: 'En otro idioma',
  },
  clusters: {
    ACCOUNT_BASIC: 'Información de identificación de la cuenta',
    ACCOUNT_DETAILED: 'Información resumida de la cuenta',
    ACCOUNT_PAYMENTS: 'Números de cuenta',
    BALANCES: 'Saldos de la cuenta',
    BILLS: 'Información de facturación de la cuenta',
    CUSTOMER_CONTACT: 'Datos de contacto de la cuenta',
    CUSTOMER_PERSONAL: 'Información personal confidencial',
    IMAGES: 'Imágenes de cheques',
    INVESTMENTS: 'Detalles de las inversiones de la cuenta',
    NOTIFICATIONS: 'Notificaciones sobre sus cuentas',
    PAYMENT_SUPPORT: 'Números de cuenta',
    REWARDS: 'Información de programas de recompensas',
    SCHEDULED_PAYMENTS: 'Información de pagos programados',
    SOCIAL_SECURITY_NUMBER: 'Número de Seguro Social',
    STATEMENTS: 'Estados de cuenta',
    TAX: 'Datos de formularios de impuestos',
    TERMS_AND_CONDITIONS: 'Términos y condiciones de la cuenta',
    TRANSACTIONS: 'Datos de transacciones',
    TRANSFERS: 'Información de transferencias',
  },
};
