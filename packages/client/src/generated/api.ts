// Made by `npm run client:generate` from the contract (`/openapi.json`). Not to be edited.
export interface paths {
  '/v1/consents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your consents, a page at a time */
    get: operations['listConsents'];
    put?: never;
    /**
     * Ask a person for consent
     * @description Send the person to `launchUrl`: nothing is asked of the bank before they open it.
     */
    post: operations['createConsent'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Find consents, by the person too
     * @description As the list, by what no address should hold: addresses are written down on their way. Nothing is changed. With an Idempotency-Key the same page again, until one of its consents is purged.
     */
    post: operations['searchConsents'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A consent as it stands */
    get: operations['getConsent'];
    put?: never;
    post?: never;
    /**
     * Revoke a consent
     * @description Effective here when this answers; the bank is told afterwards, for as long as it takes. A consent that has ended is answered as it stands.
     */
    delete: operations['revokeConsent'];
    options?: never;
    head?: never;
    /**
     * Change the metadata and tags of a consent
     * @description A merge patch (RFC 7396): what is left out stays, null takes away, a list of tags takes the place of the one before. Your metadata and tags come with the events of the consent as they are when the events are read.
     */
    patch: operations['labelConsent'];
    trace?: never;
  };
  '/v1/consents/{consentId}/authorizations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Invite the person to renew, change or authorize again
     * @description What is left out stays as it is; without a body all of it does. An open link on the same terms is given once more.
     */
    post: operations['createAuthorization'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/authorizations/{invitationId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Take an invitation back */
    delete: operations['cancelAuthorization'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/completion': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say that a ONE_TIME consent has served its purpose
     * @description It ends now, and not when its hour is over.
     */
    post: operations['completeConsent'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/deletion-certificate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was destroyed, and when
     * @description The document, or its signed form for `Accept: application/jose`.
     */
    get: operations['getDeletionCertificate'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/accounts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The person's accounts at their bank
     * @description Needs one of these clusters to be granted: ACCOUNT_BASIC, ACCOUNT_DETAILED, BALANCES, INVESTMENTS. A list comes in pages: ask for the next one with `cursor`. Nothing of it is kept here.
     */
    get: operations['getAccounts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/accounts/{accountId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The person's account at their bank
     * @description Needs one of these clusters to be granted: ACCOUNT_BASIC, ACCOUNT_DETAILED, BALANCES, INVESTMENTS. Nothing of it is kept here.
     */
    get: operations['getAccount'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/accounts/{accountId}/contact': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The person's contact at their bank
     * @description Needs one of these clusters to be granted: CUSTOMER_CONTACT. Nothing of it is kept here.
     */
    get: operations['getContact'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/accounts/{accountId}/payment-networks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The person's payment networks at their bank
     * @description Needs one of these clusters to be granted: ACCOUNT_PAYMENTS, PAYMENT_SUPPORT. A list comes in pages: ask for the next one with `cursor`. Nothing of it is kept here.
     */
    get: operations['getPaymentNetworks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/accounts/{accountId}/statements': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The person's statements at their bank
     * @description Needs one of these clusters to be granted: STATEMENTS. A list comes in pages: ask for the next one with `cursor`. Nothing of it is kept here.
     */
    get: operations['getStatements'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/accounts/{accountId}/statements/{statementId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The person's statement at their bank
     * @description Needs one of these clusters to be granted: STATEMENTS. Nothing of it is kept here.
     */
    get: operations['getStatement'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/accounts/{accountId}/transactions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The person's transactions at their bank
     * @description Needs one of these clusters to be granted: TRANSACTIONS. A list comes in pages: ask for the next one with `cursor`. Nothing of it is kept here.
     */
    get: operations['getTransactions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/customers/current': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The person's customer at their bank
     * @description Needs one of these clusters to be granted: CUSTOMER_CONTACT, CUSTOMER_PERSONAL, SOCIAL_SECURITY_NUMBER. Nothing of it is kept here.
     */
    get: operations['getCustomer'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/delegated-calls': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What carries one request for data to the bank yourself
     * @description Off unless an operator has allowed it: docs/delegated-calls.md.
     */
    post: operations['createDelegatedCall'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What happened to your consents, oldest first
     * @description Goes on from `nextCursor` of the page before. Every event comes once, and the events of one consent in their order.
     *
     *     - `consent.requested`: you asked for it; send the person to the link
     *     - `consent.authorizing`: the person agreed, and is on the way to their bank
     *     - `consent.active`: the bank granted it: data can be read
     *     - `consent.renewed`: another grant took the place of the one before: it was renewed, changed or authorized again
     *     - `consent.updated`: something else of it changed; look at `nextAction`, which may ask for the person (`renew`, `reauthorize`)
     *     - `consent.denied`: the person or the bank said no
     *     - `consent.abandoned`: nobody used the link in time
     *     - `consent.failed`: it cannot come about; `failure` says why
     *     - `consent.expired`: its time is over
     *     - `consent.revoked`: it was revoked, here or at the bank
     *     - `consent.purged`: the personal data kept here were destroyed
     *     - `revocation.requested`: somebody revoked it: nothing is read from here on; `consent.revoked` follows
     *     - `invitation.opened`: there is a link by which the person may authorize
     *     - `invitation.closed`: a link is no longer good
     *     - `notice.given`: it ends soon: time to invite the person
     *     - `receipt.issued`: a receipt was signed
     */
    get: operations['listEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Events as they happen, as server-sent events
     * @description Each event has `id` (where to go on: send it back as `Last-Event-ID`, as browsers do by themselves), `event` (its type) and `data` (the same JSON object as in the list, in one line). Comments keep a quiet line open. The line may end at any time: come back.
     */
    get: operations['streamEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{eventId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An event */
    get: operations['getEvent'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your webhook endpoints */
    get: operations['listWebhookEndpoints'];
    put?: never;
    /**
     * Register a webhook endpoint
     * @description The endpoint is challenged at once. One that does not answer is registered as `pending`, and `verification` says why: store the secret, then call `POST …/verification`.
     */
    post: operations['createWebhookEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A webhook endpoint as it stands */
    get: operations['getWebhookEndpoint'];
    put?: never;
    post?: never;
    /** Delete a webhook endpoint, its deliveries and their log */
    delete: operations['deleteWebhookEndpoint'];
    options?: never;
    head?: never;
    /**
     * Change the address, the description or the types of events
     * @description A new address must answer a challenge first; until it does nothing changes.
     */
    patch: operations['updateWebhookEndpoint'];
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was sent to an endpoint, the newest first */
    get: operations['listWebhookDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/deliveries/{deliveryId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A delivery with each attempt */
    get: operations['getWebhookDelivery'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send one again now */
    post: operations['retryWebhookDelivery'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Let what happens wait */
    post: operations['pauseWebhookEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send events again, by id or by time
     * @description Under the same ids, also those that the endpoint never got. One replay queues 10,000 events at most, the oldest first.
     */
    post: operations['replayWebhooks'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send what has waited, and what comes
     * @description One that is pending or was disabled answers a challenge first.
     */
    post: operations['resumeWebhookEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/secret-rotation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Get a new secret, while the one before it signs as well */
    post: operations['rotateWebhookSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a test.ping */
    post: operations['testWebhookEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{endpointId}/verification': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Challenge a webhook endpoint again
     * @description One that is pending or was disabled is enabled by its answer.
     */
    post: operations['verifyWebhookEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/disclosures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the person agreed to, each time */
    get: operations['listDisclosures'];
    put?: never;
    /**
     * Hand in what you showed and the person agreed to
     * @description The link's page then asks for no second agreement. The same again is answered in the same way.
     */
    post: operations['submitDisclosure'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The audit trail of a consent
     * @description What has happened with it, in its order, as it is chained. Also of one that has ended.
     */
    get: operations['listConsentEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/receipt': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The receipt of the authorization in use
     * @description The document, or its signed form for `Accept: application/jose`.
     */
    get: operations['getLatestReceipt'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/receipts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One receipt for each authorization, oldest first */
    get: operations['listReceipts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/disclosures/{disclosureId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A disclosure, word for word
     * @description As JSON, or for `Accept: application/pdf` as a PDF.
     */
    get: operations['getDisclosure'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/exports/consents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Your consents of a period, as a file
     * @description In chunks, while it is read. One that breaks off was not whole.
     */
    get: operations['exportConsents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/exports/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Your events of a period, as a file
     * @description In chunks, while it is read. One that breaks off was not whole.
     */
    get: operations['exportEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/receipts/{receiptId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A receipt as JSON, JWS or PDF
     * @description To the letter as it was signed, as compact JWS for `Accept: application/jose`, or as `application/pdf`.
     */
    get: operations['getReceipt'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/receipts/{receiptId}/kantara': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A receipt as a Kantara Consent Receipt v1.1 */
    get: operations['getKantaraReceipt'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A bank says what happened to a consent (FDX event notification)
     * @description Answered when it is stored. Nothing of it is believed before the bank was asked: docs/bank-notifications.md.
     */
    post: operations['receiveNotification'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/institutions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The institutions you can ask for */
    get: operations['listInstitutions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/institutions/{institutionId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Add an institution, or replace its profile
     * @description While everything runs. The id in the profile is the one in the address.
     */
    put: operations['putInstitution'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/institutions/{institutionId}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Let new work at the bank wait
     * @description Nothing fails, and what has begun goes on.
     */
    post: operations['pauseInstitution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/institutions/{institutionId}/registration': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How our registration at the bank stands */
    get: operations['getRegistration'];
    /**
     * Bring what the bank has registered in line
     * @description With the profile as it is stored, or with a changed file.
     */
    put: operations['updateRegistration'];
    /**
     * Register at the bank
     * @description And make the institution usable. The id in the file is the one in the address.
     */
    post: operations['createRegistration'];
    /** End our registration at the bank */
    delete: operations['deleteRegistration'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/institutions/{institutionId}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Let work at the bank go on
     * @description What waits to tell the bank of an end is woken.
     */
    post: operations['resumeInstitution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/applications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The applications */
    get: operations['listApplications'];
    put?: never;
    /**
     * Register an application
     * @description It has no key yet, and no client of an issuer.
     */
    post: operations['createApplication'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/applications/{applicationId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An application */
    get: operations['getApplication'];
    /**
     * Replace what is said of an application
     * @description What is left out is as if it had never been said. Registry entries and contact data stay.
     */
    put: operations['putApplication'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/applications/{applicationId}/clients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Clients of issuers that speak for an application */
    get: operations['listApplicationClients'];
    put?: never;
    /** Let access tokens of a client speak for an application */
    post: operations['createApplicationClient'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/applications/{applicationId}/clients/{clientId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Let them speak for it no longer */
    delete: operations['deleteApplicationClient'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/applications/{applicationId}/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The keys of an application, and when each was last used */
    get: operations['listApplicationKeys'];
    put?: never;
    /** Make a key of an application */
    post: operations['createApplicationKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/applications/{applicationId}/keys/{keyId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revoke a key, at once */
    delete: operations['revokeApplicationKey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/applications/{applicationId}/keys/{keyId}/rotation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Put another key in the place of one
     * @description Same label, same scopes, good for as long. Both work until the overlap is over.
     */
    post: operations['rotateApplicationKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/codec/decode': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Open payloads for the Temporal UI
     * @description By Temporal's remote codec protocol. Who asked and for what is written down.
     */
    post: operations['decodePayloads'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/erasure': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Forget the person of an ended consent */
    post: operations['erasePerson'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/consents/{consentId}/legal-holds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Let nothing of a consent be deleted */
    post: operations['placeLegalHold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/legal-holds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Legal holds, the newest first */
    get: operations['listLegalHolds'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/legal-holds/{holdId}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End a legal hold
     * @description Others on the same consent may be in force.
     */
    post: operations['releaseLegalHold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operator-tasks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What waits for an operator, oldest first */
    get: operations['listOperatorTasks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operator-tasks/{taskId}/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Say that it was settled with the bank */
    post: operations['closeOperatorTask'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operator-tasks/{taskId}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Try again now */
    post: operations['retryOperatorTask'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/audit-checkpoints/{number}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A signed checkpoint of the audit trail
     * @description Whoever keeps one can show later that nothing of what it stands for was changed or removed: docs/evidence.md.
     */
    get: operations['getCheckpoint'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/jwks.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The keys we sign with as a client of banks */
    get: operations['getClientKeys'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/receipt-keys.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The keys receipts and checkpoints are signed with
     * @description All there ever were: a receipt must verify for years.
     */
    get: operations['getReceiptKeys'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/healthz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process lives */
    get: operations['getHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This document */
    get: operations['getOpenApi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/readyz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the service can work */
    get: operations['getReadiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/schemas/consent-receipt/2.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The JSON Schema of a receipt
     * @description A version of a schema is never changed.
     */
    get: operations['getReceiptSchema'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description What an application asks a person for. */
    ConsentRequest: {
      /** @description From GET /v1/institutions. */
      institutionId: string;
      person: {
        /** @description The application's own name for the person; pseudonymous is best. */
        reference: string;
      };
      /** @description What the data is for, as the person reads it. */
      purpose: string;
      /**
       * @description FDX ConsentDurationType.
       * @default TIME_BOUND
       * @enum {string}
       */
      durationType?: 'ONE_TIME' | 'PERSISTENT' | 'TIME_BOUND';
      /** @description Days from the grant; with TIME_BOUND only, and a year when it is not said. */
      durationPeriod?: number;
      /** @description Days of history, counted back from the request. */
      lookbackPeriod?: number;
      resources: {
        /** @enum {string} */
        resourceType: 'ACCOUNT' | 'CUSTOMER' | 'DOCUMENT';
        dataClusters: (
          | 'ACCOUNT_BASIC'
          | 'ACCOUNT_DETAILED'
          | 'ACCOUNT_PAYMENTS'
          | 'BALANCES'
          | 'BILLS'
          | 'CUSTOMER_CONTACT'
          | 'CUSTOMER_PERSONAL'
          | 'IMAGES'
          | 'INVESTMENTS'
          | 'NOTIFICATIONS'
          | 'PAYMENT_SUPPORT'
          | 'REWARDS'
          | 'SCHEDULED_PAYMENTS'
          | 'SOCIAL_SECURITY_NUMBER'
          | 'STATEMENTS'
          | 'TAX'
          | 'TERMS_AND_CONDITIONS'
          | 'TRANSACTIONS'
          | 'TRANSFERS'
        )[];
      }[];
      /**
       * Format: uri
       * @description Where the person comes back to: one that is registered for the application.
       */
      returnUrl?: string;
      /** @description In which language the person is spoken to (BCP 47). */
      language?: string;
      /**
       * @description The application's own; given back as it came.
       * @default {}
       */
      metadata?: {
        [key: string]: string;
      };
      /** @description Short labels of the application’s own, to find consents by; one that comes twice counts once. */
      tags?: string[];
    };
    /** @description By what consents are found. What is left out does not matter. */
    ConsentSearch: {
      /** @description Of this person, by the application's own name for them. */
      person?: {
        reference: string;
      };
      /** @description Of one of these. */
      status?: ('requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed')[];
      /**
       * @description What is to be done next.
       * @enum {string}
       */
      nextAction?: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
      /** @description At this institution. */
      institutionId?: string;
      /**
       * Format: date-time
       * @description Active consents whose deadline, theirs or the bank’s, is earlier.
       */
      expiresBefore?: string;
      /**
       * Format: date-time
       * @description Active consents whose deadline, theirs or the bank’s, is then or later.
       */
      expiresAfter?: string;
      /**
       * Format: date-time
       * @description Asked for earlier.
       */
      createdBefore?: string;
      /**
       * Format: date-time
       * @description Asked for then or later.
       */
      createdAfter?: string;
      /**
       * Format: date-time
       * @description Last changed earlier.
       */
      updatedBefore?: string;
      /**
       * Format: date-time
       * @description Last changed then or later.
       */
      updatedAfter?: string;
      /**
       * @description Oldest first, or newest first.
       * @default asc
       * @enum {string}
       */
      order?: 'asc' | 'desc';
      /** @description `nextCursor` of the page before; filters and order stay as they were. */
      cursor?: string;
      /** @description That have all of these. */
      tags?: string[];
      /** @description That have all of these entries. */
      metadata?: {
        [key: string]: string;
      };
      /** @default 50 */
      limit?: number;
    };
    /** @description What the application writes on a consent for itself (RFC 7396). What is left out stays. */
    ConsentPatch: {
      metadata?: {
        [key: string]: string | null;
      } | null;
      tags?: string[] | null;
    };
    /** @description Who wants it and why (FDX ConsentRevocationRequest). */
    RevocationRequest: {
      /**
       * @default INDIVIDUAL
       * @enum {string}
       */
      initiator?: 'INDIVIDUAL' | 'DATA_RECIPIENT';
      /** @enum {string} */
      reason?: 'USER_ACTION' | 'BUSINESS_RULE' | 'SECURITY_EVENT' | 'OTHER';
    };
    /** @description What is left out stays as it is. */
    AuthorizationRequest: {
      /**
       * @description FDX ConsentDurationType.
       * @enum {string}
       */
      durationType?: 'ONE_TIME' | 'PERSISTENT' | 'TIME_BOUND';
      /** @description Days from the grant; with TIME_BOUND only, and a year when it is not said. */
      durationPeriod?: number;
      /** @description Days of history, counted back from the request. */
      lookbackPeriod?: number;
      resources?: {
        /** @enum {string} */
        resourceType: 'ACCOUNT' | 'CUSTOMER' | 'DOCUMENT';
        dataClusters: (
          | 'ACCOUNT_BASIC'
          | 'ACCOUNT_DETAILED'
          | 'ACCOUNT_PAYMENTS'
          | 'BALANCES'
          | 'BILLS'
          | 'CUSTOMER_CONTACT'
          | 'CUSTOMER_PERSONAL'
          | 'IMAGES'
          | 'INVESTMENTS'
          | 'NOTIFICATIONS'
          | 'PAYMENT_SUPPORT'
          | 'REWARDS'
          | 'SCHEDULED_PAYMENTS'
          | 'SOCIAL_SECURITY_NUMBER'
          | 'STATEMENTS'
          | 'TAX'
          | 'TERMS_AND_CONDITIONS'
          | 'TRANSACTIONS'
          | 'TRANSFERS'
        )[];
      }[];
    };
    /** @description An empty object: there is nothing to say. */
    Nothing: Record<string, never>;
    /** @description One request for data. */
    DelegatedCallRequest: {
      /** @description The part of a data route behind the id of the consent. */
      path: string;
      /**
       * @description The parameters that the data route takes.
       * @default {}
       */
      query?: {
        [key: string]: string;
      };
      /**
       * @default BATCH
       * @enum {string}
       */
      actorType?: 'USER' | 'BATCH';
      dpopNonce?: string;
    };
    WebhookEndpointRequest: {
      /**
       * Format: uri
       * @description https, at a public host.
       */
      url: string;
      description?: string;
      /** @description Types of events, `consent.*` for all of a kind, `*` for all: docs/events.md. */
      eventTypes?: (
        | '*'
        | 'consent.requested'
        | 'consent.authorizing'
        | 'consent.active'
        | 'consent.renewed'
        | 'consent.updated'
        | 'consent.denied'
        | 'consent.abandoned'
        | 'consent.failed'
        | 'consent.expired'
        | 'consent.revoked'
        | 'consent.purged'
        | 'revocation.requested'
        | 'invitation.opened'
        | 'invitation.closed'
        | 'notice.given'
        | 'receipt.issued'
        | 'consent.*'
        | 'revocation.*'
        | 'invitation.*'
        | 'notice.*'
        | 'receipt.*'
      )[];
      /** @description One of your own; otherwise one is made. */
      secret?: string;
    };
    /** @description `description: null` removes it. */
    WebhookEndpointChange: {
      /**
       * Format: uri
       * @description https, at a public host.
       */
      url?: string;
      description?: string | null;
      /** @description Types of events, `consent.*` for all of a kind, `*` for all: docs/events.md. */
      eventTypes?: (
        | '*'
        | 'consent.requested'
        | 'consent.authorizing'
        | 'consent.active'
        | 'consent.renewed'
        | 'consent.updated'
        | 'consent.denied'
        | 'consent.abandoned'
        | 'consent.failed'
        | 'consent.expired'
        | 'consent.revoked'
        | 'consent.purged'
        | 'revocation.requested'
        | 'invitation.opened'
        | 'invitation.closed'
        | 'notice.given'
        | 'receipt.issued'
        | 'consent.*'
        | 'revocation.*'
        | 'invitation.*'
        | 'notice.*'
        | 'receipt.*'
      )[];
    };
    WebhookReplay:
      | {
          eventIds: string[];
        }
      | {
          /** Format: date-time */
          since: string;
          /**
           * Format: date-time
           * @description Until now, when absent.
           */
          until?: string;
          /**
           * @description Only what was given up.
           * @default false
           */
          onlyFailed?: boolean;
        };
    WebhookSecretRotation: {
      /**
       * @description For how long the secrets before it sign as well.
       * @default 86400
       */
      overlapSeconds?: number;
      /** @description One of your own; otherwise one is made. */
      secret?: string;
    };
    /** @description What the application showed: either as sections in `document`, or as `text`. */
    DisclosureSubmission: {
      /** @description BCP 47. */
      language: string;
      /** @description Goes with `text`: a document has its own. */
      title?: string & (unknown & unknown);
      document?: {
        title: string & (unknown & unknown);
        sections: {
          id: string;
          heading?: string & (unknown & unknown);
          paragraphs?: string[];
          items?: string[];
        }[];
      };
      /** @description All of it as plain text: blank lines part paragraphs. */
      text?: string;
      /** @description How and when the person agreed. A name goes with `typed_name`, which needs one. */
      agreement:
        | {
            /** @constant */
            method: 'button';
            /** Format: date-time */
            agreedAt: string;
          }
        | {
            /** @constant */
            method: 'typed_name';
            /** Format: date-time */
            agreedAt: string;
            /** @description What the person typed: 1 to 200 characters. */
            name: string;
          };
    } & (
      | {
          title?: never;
        }
      | unknown
    );
    /** @description A bank as data, field by field in docs/institutions.md. Fields that name files are for the command line only. */
    InstitutionProfile: {
      id: string;
      name: string;
      /** Format: uri */
      issuer: string;
      /**
       * @default oidc
       * @enum {string}
       */
      discovery?: 'oidc' | 'oauth2';
      clientId: string;
      party?: {
        /** Format: uri */
        homeUri?: string;
        registryReferences?: {
          /**
           * @description The kind of register, as FDX names it.
           * @enum {string}
           */
          registry: 'FDX' | 'GLEIF' | 'ICANN' | 'PRIVATE';
          /** @description The name that the party has there. */
          registeredEntityName: string;
          /** @description The id that the party has there. */
          registeredEntityId: string;
        }[];
      };
      /**
       * @default {
       *       "method": "private_key_jwt",
       *       "algorithm": "PS256"
       *     }
       */
      clientAuthentication?: {
        /**
         * @default private_key_jwt
         * @enum {string}
         */
        method?: 'private_key_jwt' | 'tls_client_auth' | 'self_signed_tls_client_auth';
        /** @enum {string} */
        algorithm?: 'PS256' | 'ES256' | 'EdDSA';
        audience?: string;
      };
      /**
       * @default {
       *       "method": "dpop",
       *       "algorithm": "ES256"
       *     }
       */
      senderConstraint?: {
        /**
         * @default dpop
         * @enum {string}
         */
        method?: 'dpop' | 'mtls';
        /** @enum {string} */
        algorithm?: 'PS256' | 'ES256' | 'EdDSA';
      };
      clientCertificate?: {
        certificateFile: string;
        keyFile: string;
      };
      /** @default 30 */
      clockToleranceSeconds?: number;
      /** @default false */
      openid?: boolean;
      /**
       * @default PS256
       * @enum {string}
       */
      idTokenSignedResponseAlg?: 'PS256' | 'ES256' | 'EdDSA';
      /**
       * @default query
       * @enum {string}
       */
      responseMode?: 'query' | 'jwt';
      /**
       * @default PS256
       * @enum {string}
       */
      authorizationSignedResponseAlg?: 'PS256' | 'ES256' | 'EdDSA';
      /** @default {} */
      request?: {
        /** @default false */
        signed?: boolean;
        /** @enum {string} */
        signingAlgorithm?: 'PS256' | 'ES256' | 'EdDSA';
        /**
         * @default authorization_details
         * @enum {string}
         */
        form?: 'authorization_details' | 'scope';
        /** @default true */
        offlineAccess?: boolean;
        /** @default [] */
        extraScopes?: string[];
        /** @default {} */
        clusterScopes?: {
          [key: string]: string[];
        };
        /** @default true */
        scopesWithDetails?: boolean;
        /** @default {} */
        extraParameters?: {
          [key: string]: string;
        };
        /** @constant */
        grantManagementAction?: 'create';
      };
      fdx: {
        /** Format: uri */
        baseUrl: string;
        /** @default {} */
        consents?: {
          /**
           * @default consent_api
           * @enum {string}
           */
          source?: 'consent_api' | 'token_response';
          /**
           * @default user_token
           * @enum {string}
           */
          credential?: 'user_token' | 'client_credentials' | 'basic';
          basic?: {
            username: string;
            passwordFile: string;
          };
          /**
           * @default token_response
           * @enum {string}
           */
          idSource?: 'token_response' | 'introspection';
          scope?: string;
          /** Format: uri */
          baseUrl?: string;
        };
        /** @enum {string} */
        resultType?: 'lightweight' | 'details';
        dataProviderId?: string;
        /** @default 16 */
        maxConcurrentRequests?: number;
      };
      /** @default {} */
      notifications?: {
        /**
         * @default none
         * @enum {string}
         */
        mode?: 'none' | 'subscribe' | 'poll';
        /**
         * @default [
         *       "CONSENT_REVOKED",
         *       "CONSENT_UPDATED"
         *     ]
         */
        types?: string[];
        /** Format: uri */
        jwksUri?: string;
        certificateThumbprints?: string[];
        /** @default fdx:notifications:subscribe */
        scope?: string;
        /** Format: uri */
        baseUrl?: string;
      };
      /** @default {} */
      tokens?: {
        keepAliveDays?: number;
      };
      /** @default {} */
      reconcile?: {
        /** @default 24 */
        everyHours?: number;
        /** @default 60 */
        maxPerMinute?: number;
      };
      caFile?: string;
      /** @default false */
      allowPrivateAddresses?: boolean;
    };
    /** @description Field by field in docs/registration.md and docs/institutions.md. */
    RegistrationFile: {
      id: string;
      name: string;
      /** Format: uri */
      issuer: string;
      /**
       * @default oidc
       * @enum {string}
       */
      discovery?: 'oidc' | 'oauth2';
      party?: {
        /** Format: uri */
        homeUri?: string;
        registryReferences?: {
          /**
           * @description The kind of register, as FDX names it.
           * @enum {string}
           */
          registry: 'FDX' | 'GLEIF' | 'ICANN' | 'PRIVATE';
          /** @description The name that the party has there. */
          registeredEntityName: string;
          /** @description The id that the party has there. */
          registeredEntityId: string;
        }[];
      };
      /**
       * @default {
       *       "method": "private_key_jwt",
       *       "algorithm": "PS256"
       *     }
       */
      clientAuthentication?: {
        /**
         * @default private_key_jwt
         * @enum {string}
         */
        method?: 'private_key_jwt' | 'tls_client_auth' | 'self_signed_tls_client_auth';
        /** @enum {string} */
        algorithm?: 'PS256' | 'ES256' | 'EdDSA';
        audience?: string;
      };
      /**
       * @default {
       *       "method": "dpop",
       *       "algorithm": "ES256"
       *     }
       */
      senderConstraint?: {
        /**
         * @default dpop
         * @enum {string}
         */
        method?: 'dpop' | 'mtls';
        /** @enum {string} */
        algorithm?: 'PS256' | 'ES256' | 'EdDSA';
      };
      clientCertificate?: {
        certificateFile: string;
        keyFile: string;
      };
      /** @default 30 */
      clockToleranceSeconds?: number;
      /** @default false */
      openid?: boolean;
      /**
       * @default PS256
       * @enum {string}
       */
      idTokenSignedResponseAlg?: 'PS256' | 'ES256' | 'EdDSA';
      /**
       * @default query
       * @enum {string}
       */
      responseMode?: 'query' | 'jwt';
      /**
       * @default PS256
       * @enum {string}
       */
      authorizationSignedResponseAlg?: 'PS256' | 'ES256' | 'EdDSA';
      /** @default {} */
      request?: {
        /** @default false */
        signed?: boolean;
        /** @enum {string} */
        signingAlgorithm?: 'PS256' | 'ES256' | 'EdDSA';
        /**
         * @default authorization_details
         * @enum {string}
         */
        form?: 'authorization_details' | 'scope';
        /** @default true */
        offlineAccess?: boolean;
        /** @default [] */
        extraScopes?: string[];
        /** @default {} */
        clusterScopes?: {
          [key: string]: string[];
        };
        /** @default true */
        scopesWithDetails?: boolean;
        /** @default {} */
        extraParameters?: {
          [key: string]: string;
        };
        /** @constant */
        grantManagementAction?: 'create';
      };
      fdx: {
        /** Format: uri */
        baseUrl: string;
        /** @default {} */
        consents?: {
          /**
           * @default consent_api
           * @enum {string}
           */
          source?: 'consent_api' | 'token_response';
          /**
           * @default user_token
           * @enum {string}
           */
          credential?: 'user_token' | 'client_credentials' | 'basic';
          basic?: {
            username: string;
            passwordFile: string;
          };
          /**
           * @default token_response
           * @enum {string}
           */
          idSource?: 'token_response' | 'introspection';
          scope?: string;
          /** Format: uri */
          baseUrl?: string;
        };
        /** @enum {string} */
        resultType?: 'lightweight' | 'details';
        dataProviderId?: string;
        /** @default 16 */
        maxConcurrentRequests?: number;
      };
      /** @default {} */
      notifications?: {
        /**
         * @default none
         * @enum {string}
         */
        mode?: 'none' | 'subscribe' | 'poll';
        /**
         * @default [
         *       "CONSENT_REVOKED",
         *       "CONSENT_UPDATED"
         *     ]
         */
        types?: string[];
        /** Format: uri */
        jwksUri?: string;
        certificateThumbprints?: string[];
        /** @default fdx:notifications:subscribe */
        scope?: string;
        /** Format: uri */
        baseUrl?: string;
      };
      /** @default {} */
      tokens?: {
        keepAliveDays?: number;
      };
      /** @default {} */
      reconcile?: {
        /** @default 24 */
        everyHours?: number;
        /** @default 60 */
        maxPerMinute?: number;
      };
      caFile?: string;
      /** @default false */
      allowPrivateAddresses?: boolean;
      registration: {
        /** Format: uri */
        endpoint?: string;
        dataClusters?: (
          | 'ACCOUNT_BASIC'
          | 'ACCOUNT_DETAILED'
          | 'ACCOUNT_PAYMENTS'
          | 'BALANCES'
          | 'BILLS'
          | 'CUSTOMER_CONTACT'
          | 'CUSTOMER_PERSONAL'
          | 'IMAGES'
          | 'INVESTMENTS'
          | 'NOTIFICATIONS'
          | 'PAYMENT_SUPPORT'
          | 'REWARDS'
          | 'SCHEDULED_PAYMENTS'
          | 'SOCIAL_SECURITY_NUMBER'
          | 'STATEMENTS'
          | 'TAX'
          | 'TERMS_AND_CONDITIONS'
          | 'TRANSACTIONS'
          | 'TRANSFERS'
        )[];
        metadata: {
          client_name: string;
          description?: string;
          /** Format: uri */
          client_uri?: string;
          /** Format: uri */
          logo_uri?: string;
          /** Format: uri */
          policy_uri?: string;
          /** Format: uri */
          tos_uri?: string;
          contacts?: string[];
          scope?: string;
          duration_type?: ('ONE_TIME' | 'PERSISTENT' | 'TIME_BOUND')[];
          duration_period?: number;
          lookback_period?: number;
          registry_references?: {
            registered_entity_name: string;
            registered_entity_id: string;
            /** @enum {string} */
            registry: 'FDX' | 'GLEIF' | 'ICANN' | 'PRIVATE';
          }[];
          intermediaries?: {
            name: string;
            description?: string;
            /** Format: uri */
            uri?: string;
            /** Format: uri */
            logo_uri?: string;
            contacts?: string[];
            registry_references?: {
              registered_entity_name: string;
              registered_entity_id: string;
              /** @enum {string} */
              registry: 'FDX' | 'GLEIF' | 'ICANN' | 'PRIVATE';
            }[];
          }[];
          software_id?: string;
          software_version?: string;
          tls_client_auth_subject_dn?: string;
          tls_client_auth_san_dns?: string;
          tls_client_auth_san_uri?: string;
        };
      };
      /** @description What the bank gave so that we may register (RFC 7591 §3). Secret. */
      initialAccessToken?: string;
    };
    /**
     * @description What went wrong, stable: docs/errors.md has a row for each. A published code keeps its meaning; later versions may add some.
     * @enum {string}
     */
    FailureCode:
      | 'request_malformed'
      | 'request_invalid'
      | 'request_too_large'
      | 'media_type_unsupported'
      | 'route_not_found'
      | 'method_not_allowed'
      | 'not_acceptable'
      | 'unauthenticated'
      | 'forbidden'
      | 'publisher_unauthenticated'
      | 'consent_not_found'
      | 'consent_not_ended'
      | 'consent_held'
      | 'erasure_waits_for_bank'
      | 'hold_not_found'
      | 'consent_ended'
      | 'consent_not_connected'
      | 'consent_not_renewable'
      | 'consent_not_one_time'
      | 'authorization_in_progress'
      | 'invitation_open'
      | 'invitation_not_found'
      | 'receipt_not_found'
      | 'receipt_not_exportable'
      | 'certificate_not_found'
      | 'evidence_removed'
      | 'checkpoint_not_found'
      | 'disclosure_not_found'
      | 'disclosure_too_late'
      | 'institution_unknown'
      | 'institution_invalid'
      | 'registration_not_found'
      | 'registration_exists'
      | 'registration_busy'
      | 'registration_in_use'
      | 'operator_task_not_found'
      | 'cluster_unknown'
      | 'duration_exceeds_policy'
      | 'return_url_unregistered'
      | 'scope_missing'
      | 'token_invalid'
      | 'issuer_unavailable'
      | 'rate_limited'
      | 'application_not_found'
      | 'application_exists'
      | 'application_client_exists'
      | 'application_client_not_found'
      | 'api_key_not_found'
      | 'api_key_over'
      | 'idempotency_key_invalid'
      | 'idempotency_key_reused'
      | 'idempotency_in_progress'
      | 'precondition_failed'
      | 'prefer_invalid'
      | 'event_not_found'
      | 'event_position_gone'
      | 'webhook_endpoint_not_found'
      | 'webhook_delivery_not_found'
      | 'webhook_url_refused'
      | 'webhook_challenge_failed'
      | 'webhook_limit_reached'
      | 'cluster_not_granted'
      | 'account_not_granted'
      | 'lookback_exceeded'
      | 'cursor_invalid'
      | 'reauthorization_needed'
      | 'grant_in_doubt'
      | 'data_request_refused'
      | 'data_not_found'
      | 'data_not_offered'
      | 'representation_unavailable'
      | 'account_closed'
      | 'institution_busy'
      | 'delegation_not_allowed'
      | 'delegation_not_possible'
      | 'launch_link_unknown'
      | 'launch_limit_reached'
      | 'launch_foreign_origin'
      | 'callback_invalid'
      | 'callback_state_unknown'
      | 'callback_browser_mismatch'
      | 'callback_issuer_mismatch'
      | 'callback_too_late'
      | 'consent_denied'
      | 'consent_abandoned'
      | 'consent_revoked'
      | 'invitation_closed'
      | 'consent_expired'
      | 'institution_misconfigured'
      | 'institution_paused'
      | 'as_metadata_unusable'
      | 'as_issuer_mismatch'
      | 'as_client_rejected'
      | 'as_request_rejected'
      | 'as_response_invalid'
      | 'as_authorization_error'
      | 'authorization_response_invalid'
      | 'code_exchange_refused'
      | 'id_token_invalid'
      | 'grant_wider_than_asked'
      | 'as_keys_unreachable'
      | 'as_unreachable'
      | 'registration_refused'
      | 'registration_weakened'
      | 'registration_token_rejected'
      | 'registration_unmanaged'
      | 'fdx_unreachable'
      | 'fdx_rate_limited'
      | 'fdx_request_rejected'
      | 'fdx_response_invalid'
      | 'grant_lost'
      | 'sender_certificate_changed'
      | 'code_exchange_unknown'
      | 'refresh_unknown'
      | 'registration_unknown'
      | 'step_timed_out'
      | 'engine_unavailable'
      | 'signing_unavailable'
      | 'vault_unavailable'
      | 'purge_held'
      | 'purge_waits_for_bank'
      | 'store_unavailable'
      | 'internal_error';
    /** @description One fault of a request. */
    RequestFault: {
      /** @description Where in the request: names with dots between, or empty for all of it. */
      path: string;
      /** @description What is wrong there, for an engineer. */
      message: string;
    };
    /** @description Consents, in the order that was asked for. */
    ConsentPage: {
      consents: components['schemas']['Consent'][];
      /** @description Asks for the next page, as `cursor`. Absent on the last one. */
      nextCursor?: string;
    };
    /** @description A consent as its application reads it. What does not apply is absent. */
    Consent: {
      /** @description Stable for the whole life of the consent, renewals included. */
      id: string;
      status: components['schemas']['ConsentStatus'];
      nextAction: components['schemas']['NextAction'];
      /**
       * Format: uri
       * @description The link to send the person to. Whoever has it may authorize: keep it out of logs.
       */
      launchUrl?: string;
      invitation?: components['schemas']['OpenInvitation'];
      failure?: components['schemas']['FailureNote'];
      institution: {
        /** @description The id of an institution, from its profile. */
        id: string;
        name: string;
      };
      /** @description Absent once it is purged. */
      person?: {
        reference: string;
      };
      purpose: string;
      /** @description BCP 47. */
      language?: string;
      requested: components['schemas']['ConsentTerms'];
      granted?: components['schemas']['Granted'];
      difference?: components['schemas']['GrantDifference'];
      dataAccess?: components['schemas']['DataAccessProof'];
      /**
       * Format: date-time
       * @description From this instant the consent is not used any more.
       */
      expirationDate?: string;
      /**
       * Format: date-time
       * @description When what the bank gave for it ends by itself.
       */
      grantExpirationDate?: string;
      /** @description The most urgent notice given of the deadline, in days before it. */
      noticeDays?: number;
      accountChanges?: components['schemas']['AccountChanges'];
      /** @description The receipt of the authorization in use. */
      receiptId?: string;
      /** @description Who ended it, and why (FDX ConsentRevocationRequest). */
      revocation?: {
        /** @enum {string} */
        initiator: 'INDIVIDUAL' | 'DATA_RECIPIENT' | 'DATA_ACCESS_PLATFORM' | 'DATA_PROVIDER';
        /** @enum {string} */
        reason: 'USER_ACTION' | 'BUSINESS_RULE' | 'SECURITY_EVENT' | 'OTHER';
      };
      /**
       * @description Whether the bank knows of the end.
       * @enum {string}
       */
      bankEnding?: 'pending' | 'done' | 'needs_operator';
      /** Format: date-time */
      endedAt?: string;
      /**
       * Format: date-time
       * @description When its secrets and personal data were destroyed.
       */
      purgedAt?: string;
      returnUrl?: string;
      metadata: {
        [key: string]: string;
      };
      /** @description Short labels of your own. */
      tags: string[];
      /**
       * Format: date-time
       * @description Until when the link is good.
       */
      authorizeBy: string;
      /** @description The Temporal workflow that carries the consent. */
      workflowId: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
    /**
     * @description How a consent stands.
     * @enum {string}
     */
    ConsentStatus: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
    /**
     * @description What to do next, for a program.
     * @enum {string}
     */
    NextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
    /** @description The link by which an active consent may be authorized anew. */
    OpenInvitation: {
      id: string;
      /**
       * @description Why the person is asked to authorize.
       * @enum {string}
       */
      reason: 'connect' | 'renew' | 'reauthorize' | 'change';
      requested: components['schemas']['ConsentTerms'];
      /** Format: date-time */
      authorizeBy: string;
    };
    /** @description What is asked of the bank on behalf of the person. */
    ConsentTerms: {
      /**
       * @description FDX ConsentDurationType.
       * @enum {string}
       */
      durationType: 'ONE_TIME' | 'PERSISTENT' | 'TIME_BOUND';
      /** @description Days from the grant; with TIME_BOUND. */
      durationPeriod?: number;
      /** @description Days of history, counted back from the request. */
      lookbackPeriod?: number;
      resources: {
        /**
         * @description FDX ConsentResourceType.
         * @enum {string}
         */
        resourceType: 'ACCOUNT' | 'CUSTOMER' | 'DOCUMENT';
        dataClusters: components['schemas']['DataCluster'][];
      }[];
    };
    /**
     * @description FDX v6 data cluster: docs/vocabulary.md.
     * @enum {string}
     */
    DataCluster:
      | 'ACCOUNT_BASIC'
      | 'ACCOUNT_DETAILED'
      | 'ACCOUNT_PAYMENTS'
      | 'BALANCES'
      | 'BILLS'
      | 'CUSTOMER_CONTACT'
      | 'CUSTOMER_PERSONAL'
      | 'IMAGES'
      | 'INVESTMENTS'
      | 'NOTIFICATIONS'
      | 'PAYMENT_SUPPORT'
      | 'REWARDS'
      | 'SCHEDULED_PAYMENTS'
      | 'SOCIAL_SECURITY_NUMBER'
      | 'STATEMENTS'
      | 'TAX'
      | 'TERMS_AND_CONDITIONS'
      | 'TRANSACTIONS'
      | 'TRANSFERS';
    /** @description A failure that is part of how something stands. */
    FailureNote: {
      code: components['schemas']['FailureCode'];
      /** @description What happened, for an engineer. */
      title: string;
      /** @description What to do next. */
      fix: string;
    };
    /** @description What the person shared, as the bank told it. */
    Granted: {
      /**
       * @description Where we learned of it: FDX GET /consents, the token response (RFC 9396), or its scope.
       * @enum {string}
       */
      source: 'consent_api' | 'authorization_details' | 'scope';
      /** @description The bank's own id of the consent. */
      bankConsentId?: string;
      resources: {
        /**
         * @description FDX ConsentResourceType.
         * @enum {string}
         */
        resourceType: 'ACCOUNT' | 'CUSTOMER' | 'DOCUMENT';
        /** @description The bank's id of the account, customer or document. */
        resourceId?: string;
        dataClusters: string[];
      }[];
      /**
       * @description FDX ConsentDurationType.
       * @enum {string}
       */
      durationType: 'ONE_TIME' | 'PERSISTENT' | 'TIME_BOUND';
      durationPeriod?: number;
      lookbackPeriod?: number;
      /** Format: date-time */
      createdTime?: string;
      /** Format: date-time */
      expirationTime?: string;
    };
    /** @description Asked beside granted. What was never asked for is not used. */
    GrantDifference: {
      /** @enum {string} */
      outcome: 'in_full' | 'in_part' | 'wider';
      clusters: {
        /**
         * @description FDX ConsentResourceType.
         * @enum {string}
         */
        resourceType: 'ACCOUNT' | 'CUSTOMER' | 'DOCUMENT';
        asked: components['schemas']['DataCluster'][];
        granted: string[];
        refused: components['schemas']['DataCluster'][];
        wider: string[];
      }[];
      durationPeriod?: {
        asked: number;
        granted: number;
      };
      lookbackPeriod?: {
        asked: number;
        granted: number;
      };
    };
    /** @description How reading the accounts went with the new grant. */
    DataAccessProof: {
      /** @enum {string} */
      outcome: 'proven' | 'refused' | 'unreachable' | 'not_applicable';
      /** @description How many accounts the bank listed. */
      accounts?: number;
      failure?: components['schemas']['FailureCode'];
    };
    /** @description How the accounts of a renewed consent compare with those before. */
    AccountChanges: {
      matched: {
        previousId: string;
        currentId: string;
        /** @enum {string} */
        by: 'id' | 'evidence';
      }[];
      missing: string[];
      added: string[];
    };
    /** @description A consent that nobody has authorized yet, and the link for the person. */
    CreatedConsent: {
      id: string;
      status: components['schemas']['ConsentStatus'];
      nextAction: components['schemas']['NextAction'];
      /**
       * Format: uri
       * @description The link to send the person to. Whoever has it may authorize: keep it out of logs.
       */
      launchUrl: string;
      /** @description The Temporal workflow that carries the consent. */
      workflowId: string;
      /**
       * Format: date-time
       * @description Until when the link is good.
       */
      authorizeBy: string;
    };
    /** @description A link by which the person of an active consent authorizes anew. */
    Invitation: {
      id: string;
      consentId: string;
      /**
       * @description Why the person is asked to authorize.
       * @enum {string}
       */
      reason: 'connect' | 'renew' | 'reauthorize' | 'change';
      requested: components['schemas']['ConsentTerms'];
      /**
       * Format: uri
       * @description The link to send the person to. Whoever has it may authorize: keep it out of logs.
       */
      launchUrl: string;
      /**
       * Format: date-time
       * @description Until when the link is good.
       */
      authorizeBy: string;
    };
    /** @description The consent ends; read it to see it ended. */
    Completion: {
      id: string;
    };
    /** @description What was destroyed of a consent, and when. Holds nothing of the person. */
    DeletionCertificate: {
      certificateId: string;
      /** @constant */
      certificateVersion: 1;
      /** @description The certificate of a purge that came before; all that it says is repeated. */
      supersedes?: string;
      /** Format: date-time */
      issuedAt: string;
      issuer: {
        name: string;
        homeUri?: string;
      };
      consentId: string;
      consent: {
        /** @enum {string} */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /** Format: date-time */
        endedAt: string;
        /** @enum {string} */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
      };
      /** @description The retention that held: docs/retention.md. */
      policy: {
        personalDataRetentionDays: number;
        evidenceRetentionDays: number;
      };
      destroyed: {
        category: string;
        count: number;
        /** Format: date-time */
        firstAt: string;
        /** Format: date-time */
        lastAt: string;
      }[];
      dataKey: {
        /** Format: date-time */
        destroyedAt: string;
        meaning: string;
      };
      kept: {
        receipts: number;
        authorizations: number;
        notices: number;
        /**
         * Format: date-time
         * @description Until when the evidence is kept.
         */
        until: string;
      };
    };
    /** @description A page of the FDX accounts that the person shared. The bank's own document, to the letter (FDX API 6.x). */
    FdxAccounts: {
      accounts: unknown[];
      /** @description Asks for the next page, as `cursor`. Absent on the last one. */
      nextCursor?: string;
    } & {
      [key: string]: unknown;
    };
    /** @description One FDX account, with its details. The bank's own document, to the letter (FDX API 6.x). */
    FdxAccount: {
      [key: string]: unknown;
    };
    /** @description The FDX contact details of the holders of an account. The bank's own document, to the letter (FDX API 6.x). */
    FdxContact: {
      [key: string]: unknown;
    };
    /** @description A page of the FDX payment networks of an account. The bank's own document, to the letter (FDX API 6.x). */
    FdxPaymentNetworks: {
      paymentNetworks: unknown[];
      /** @description Asks for the next page, as `cursor`. Absent on the last one. */
      nextCursor?: string;
    } & {
      [key: string]: unknown;
    };
    /** @description A page of the FDX statements of an account. The bank's own document, to the letter (FDX API 6.x). */
    FdxStatements: {
      statements: unknown[];
      /** @description Asks for the next page, as `cursor`. Absent on the last one. */
      nextCursor?: string;
    } & {
      [key: string]: unknown;
    };
    /** @description A page of the FDX transactions of an account. The bank's own document, to the letter (FDX API 6.x). */
    FdxTransactions: {
      transactions: unknown[];
      /** @description Asks for the next page, as `cursor`. Absent on the last one. */
      nextCursor?: string;
    } & {
      [key: string]: unknown;
    };
    /** @description The FDX customer who gave the consent. The bank's own document, to the letter (FDX API 6.x). */
    FdxCustomer: {
      [key: string]: unknown;
    };
    /** @description One request to the bank, for the application to make itself. */
    DelegatedCall: {
      /** @constant */
      method: 'GET';
      /** Format: uri */
      url: string;
      /** @description Send all of them, and nothing else that opens anything. Secret. */
      headers: {
        [key: string]: string;
      };
      /**
       * Format: date-time
       * @description Until when it is worth trying.
       */
      expiresAt: string;
    };
    /** @description Events of your consents, oldest first. */
    EventPage: {
      events: components['schemas']['Event'][];
      /** @description Where to go on. Always there: a poll that found nothing goes on from it as well. */
      nextCursor: string;
      /** @description Whether there are more already; if not, ask again in a while. */
      hasMore: boolean;
    };
    /** @description Something that happened to a consent of yours. */
    Event:
      | components['schemas']['ConsentRequestedEvent']
      | components['schemas']['ConsentAuthorizingEvent']
      | components['schemas']['ConsentActiveEvent']
      | components['schemas']['ConsentRenewedEvent']
      | components['schemas']['ConsentUpdatedEvent']
      | components['schemas']['ConsentDeniedEvent']
      | components['schemas']['ConsentAbandonedEvent']
      | components['schemas']['ConsentFailedEvent']
      | components['schemas']['ConsentExpiredEvent']
      | components['schemas']['ConsentRevokedEvent']
      | components['schemas']['ConsentPurgedEvent']
      | components['schemas']['RevocationRequestedEvent']
      | components['schemas']['InvitationOpenedEvent']
      | components['schemas']['InvitationClosedEvent']
      | components['schemas']['NoticeGivenEvent']
      | components['schemas']['ReceiptIssuedEvent'];
    /** @description `consent.requested`: you asked for it; send the person to the link. */
    ConsentRequestedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'consent.requested';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
      };
    };
    /** @description `consent.authorizing`: the person agreed, and is on the way to their bank. */
    ConsentAuthorizingEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'consent.authorizing';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
      };
    };
    /** @description `consent.active`: the bank granted it: data can be read. */
    ConsentActiveEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'consent.active';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
      };
    };
    /** @description `consent.renewed`: another grant took the place of the one before: it was renewed, changed or authorized again. */
    ConsentRenewedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'consent.renewed';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
        /** @description Which members of the consent changed. */
        changed: (
          | 'bankEnding'
          | 'dataAccess'
          | 'expirationDate'
          | 'failure'
          | 'grantExpirationDate'
          | 'granted'
          | 'invitation'
          | 'nextAction'
          | 'noticeDays'
          | 'receiptId'
        )[];
      };
    };
    /** @description `consent.updated`: something else of it changed; look at `nextAction`, which may ask for the person (`renew`, `reauthorize`). */
    ConsentUpdatedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'consent.updated';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
        /** @description Which members of the consent changed. */
        changed: (
          | 'bankEnding'
          | 'dataAccess'
          | 'expirationDate'
          | 'failure'
          | 'grantExpirationDate'
          | 'granted'
          | 'invitation'
          | 'nextAction'
          | 'noticeDays'
          | 'receiptId'
        )[];
      };
    };
    /** @description `consent.denied`: the person or the bank said no. */
    ConsentDeniedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'consent.denied';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
      };
    };
    /** @description `consent.abandoned`: nobody used the link in time. */
    ConsentAbandonedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'consent.abandoned';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
      };
    };
    /** @description `consent.failed`: it cannot come about; `failure` says why. */
    ConsentFailedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'consent.failed';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
      };
    };
    /** @description `consent.expired`: its time is over. */
    ConsentExpiredEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'consent.expired';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
      };
    };
    /** @description `consent.revoked`: it was revoked, here or at the bank. */
    ConsentRevokedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'consent.revoked';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
      };
    };
    /** @description `consent.purged`: the personal data kept here were destroyed. */
    ConsentPurgedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'consent.purged';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
        /**
         * @description Because time was up, or the person is forgotten.
         * @enum {string}
         */
        reason: 'retention' | 'erasure';
      };
    };
    /** @description `revocation.requested`: somebody revoked it: nothing is read from here on; `consent.revoked` follows. */
    RevocationRequestedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'revocation.requested';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
        /**
         * @description Who wanted it, as FDX says.
         * @enum {string}
         */
        initiator: 'INDIVIDUAL' | 'DATA_RECIPIENT' | 'DATA_ACCESS_PLATFORM' | 'DATA_PROVIDER';
        /**
         * @description Why, as FDX says.
         * @enum {string}
         */
        reason: 'USER_ACTION' | 'BUSINESS_RULE' | 'SECURITY_EVENT' | 'OTHER';
      };
    };
    /** @description `invitation.opened`: there is a link by which the person may authorize. */
    InvitationOpenedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'invitation.opened';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
        /** @description The link (`inv_…`). */
        invitationId: string;
        /**
         * @description What it is for.
         * @enum {string}
         */
        reason: 'connect' | 'renew' | 'reauthorize' | 'change';
        /**
         * Format: date-time
         * @description Until when it is good.
         */
        authorizeBy: string;
      };
    };
    /** @description `invitation.closed`: a link is no longer good. */
    InvitationClosedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'invitation.closed';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
        /** @description The link (`inv_…`). */
        invitationId: string;
        /**
         * @description What became of it.
         * @enum {string}
         */
        outcome: 'granted' | 'declined' | 'failed' | 'cancelled' | 'lapsed' | 'consent_ended';
      };
    };
    /** @description `notice.given`: it ends soon: time to invite the person. */
    NoticeGivenEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'notice.given';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description The receipt of the authorization in use. */
        receiptId?: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
        /** @description Days before the deadline; 0 at the deadline itself. */
        days: number;
        /**
         * Format: date-time
         * @description The earlier of the consent’s end and the grant’s.
         */
        deadline: string;
      };
    };
    /** @description `receipt.issued`: a receipt was signed. */
    ReceiptIssuedEvent: {
      /** @description The same however often and wherever it is told. */
      id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'receipt.issued';
      /**
       * Format: date-time
       * @description When it happened.
       */
      timestamp: string;
      /** @description Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail). */
      version: number;
      data: {
        /** @description The consent (`cns_…`). */
        consentId: string;
        /** @description Whose it is. */
        institutionId: string;
        /**
         * @description Its status.
         * @enum {string}
         */
        status: 'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';
        /**
         * @description What you should do next.
         * @enum {string}
         */
        nextAction: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        /** @description Why it ended, or why the last trip to the bank did. */
        failure?: string;
        /** @description This receipt (`rcp_…`). */
        receiptId: string;
        /**
         * Format: date-time
         * @description When it ends.
         */
        expirationDate?: string;
        /**
         * Format: date-time
         * @description When what the bank gave ends, where that is earlier.
         */
        grantExpirationDate?: string;
        /**
         * @description Whether the bank knows of the end.
         * @enum {string}
         */
        bankEnding?: 'pending' | 'done' | 'needs_operator';
        /** @description Your metadata of the consent as they are now; absent once it is purged. */
        metadata?: {
          [key: string]: string;
        };
        /** @description Your tags of the consent as they are now; absent once it is purged. */
        tags?: string[];
        /** @description The receipt before. */
        supersedes?: string;
      };
    };
    WebhookEndpointList: {
      endpoints: components['schemas']['WebhookEndpoint'][];
    };
    WebhookEndpoint: {
      id: string;
      url: string;
      description?: string;
      eventTypes: string[];
      /** @enum {string} */
      status: 'pending' | 'enabled' | 'paused' | 'disabled';
      /** @description Why it is pending or disabled: a failure word, or `failing` after days of nothing else. */
      reason?: string;
      /** Format: date-time */
      verifiedAt?: string;
      /** Format: date-time */
      failingSince?: string;
      /**
       * Format: date-time
       * @description Nothing is sent before, because it fails or asked for time.
       */
      retryAt?: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
    RegisteredWebhookEndpoint: {
      id: string;
      url: string;
      description?: string;
      eventTypes: string[];
      /** @enum {string} */
      status: 'pending' | 'enabled' | 'paused' | 'disabled';
      /** @description Why it is pending or disabled: a failure word, or `failing` after days of nothing else. */
      reason?: string;
      /** Format: date-time */
      verifiedAt?: string;
      /** Format: date-time */
      failingSince?: string;
      /**
       * Format: date-time
       * @description Nothing is sent before, because it fails or asked for time.
       */
      retryAt?: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      /** @description Shown here and nowhere else. */
      secret: string;
      /** @description Why the endpoint is pending; absent when it has answered. */
      verification?: {
        /** @enum {string} */
        failure:
          | 'timeout'
          | 'name_not_found'
          | 'address_refused'
          | 'connection_refused'
          | 'connection_lost'
          | 'tls_failed'
          | 'not_http'
          | 'proxy_refused'
          | 'redirect'
          | 'status'
          | 'gone'
          | 'interrupted'
          | 'internal'
          | 'wrong_challenge'
          | 'unknown';
        status?: number;
        detail: string;
      };
    };
    WebhookDeliveryList: {
      deliveries: components['schemas']['WebhookDelivery'][];
      nextCursor?: string;
    };
    WebhookDelivery: {
      id: string;
      endpointId: string;
      /** @description Absent for a test. */
      eventId?: string;
      /** @description The header webhook-id: the same with every attempt. */
      webhookId: string;
      type: string;
      /** @enum {string} */
      status: 'waiting' | 'delivered' | 'failed';
      attempts: number;
      /** Format: date-time */
      nextAttemptAt?: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      settledAt?: string;
    };
    WebhookDeliveryLog: {
      id: string;
      endpointId: string;
      /** @description Absent for a test. */
      eventId?: string;
      /** @description The header webhook-id: the same with every attempt. */
      webhookId: string;
      type: string;
      /** @enum {string} */
      status: 'waiting' | 'delivered' | 'failed';
      attempts: number;
      /** Format: date-time */
      nextAttemptAt?: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      settledAt?: string;
      /** @description Oldest first. */
      log: components['schemas']['WebhookAttempt'][];
    };
    WebhookAttempt: {
      number: number;
      /** Format: date-time */
      at: string;
      durationMs?: number;
      /** @description HTTP, where there was an answer. */
      status?: number;
      /** @enum {string} */
      failure?:
        | 'timeout'
        | 'name_not_found'
        | 'address_refused'
        | 'connection_refused'
        | 'connection_lost'
        | 'tls_failed'
        | 'not_http'
        | 'proxy_refused'
        | 'redirect'
        | 'status'
        | 'gone'
        | 'interrupted'
        | 'internal'
        | 'wrong_challenge'
        | 'unknown';
    };
    WebhookReplayed: {
      queued: number;
      /** @description False when there was more than one replay takes: ask for the rest. */
      isComplete: boolean;
    };
    RotatedWebhookSecret: {
      /** @description Shown here and nowhere else. */
      secret: string;
      /**
       * Format: date-time
       * @description Until then the secrets before it sign as well.
       */
      previousExpireAt: string;
    };
    /** @description All that the person agreed to, oldest first. */
    DisclosureList: {
      disclosures: components['schemas']['Disclosure'][];
    };
    /** @description What the person was shown and agreed to, without its words. */
    Disclosure: {
      id: string;
      consentId: string;
      /** @description The link by which it was shown. */
      invitationId: string;
      /**
       * @description Whether we showed it, or the application its own.
       * @enum {string}
       */
      source: 'template' | 'application';
      /** @description Template, language and version. */
      template?: string;
      /** @description BCP 47. */
      language: string;
      /** @description SHA-256 over the canonical form of the document, base64url. */
      digest: string;
      agreement: {
        id: string;
        /**
         * @description How the person agreed.
         * @enum {string}
         */
        method: 'button' | 'typed_name';
        /** Format: date-time */
        agreedAt: string;
        /** @description Who wrote it down: our page, or `application:ID`. */
        recordedBy: string;
        /** @description Salted digest of the name that the person typed. */
        nameDigest?: string;
      };
    };
    /** @description Events of one consent, in their order. */
    AuditEventPage: {
      events: components['schemas']['AuditEvent'][];
      /** @description Asks for the next page, as `cursor`. Absent on the last one. */
      nextCursor?: string;
    };
    /** @description One event of the audit trail: docs/audit-trail.md. */
    AuditEvent: {
      /** @constant */
      version: 1;
      /** @description What the event is of: the id of a consent, or of the service itself. */
      chain: string;
      /** @description The number in the chain, from 1 without gaps. */
      seq: number;
      /** @description Hash of the event before it in the chain. */
      previous?: string;
      /** @description docs/audit-trail.md has them all; later versions may add some. */
      type: string;
      /** Format: date-time */
      at: string;
      /** @description Who did it: `application:ID`, `operator:KEY`, `person`, `bank`, a workflow. */
      actor: string;
      reason?: string;
      /** @description The request id, where a request asked for it. */
      correlationId?: string;
      details: {
        [key: string]: unknown;
      };
      /** @description SHA-256 over the canonical form of all other members (RFC 8785). */
      hash: string;
    };
    /** @description What was asked, disclosed and granted by one authorization. */
    Receipt: components['schemas']['ConsentReceipt'] | components['schemas']['ConsentReceiptV1'];
    /**
     * Consent receipt, version 2
     * @description A receipt, version 2: docs/receipts.md. Its JSON Schema of its own is at /schemas/consent-receipt/2.json.
     */
    ConsentReceipt: {
      /** @constant */
      schema: 'urn:fdx-consent:schema:consent-receipt:2';
      /** @constant */
      receiptVersion: 2;
      receiptId: string;
      /** @description The receipt of the grant before, of a consent that was renewed or changed. */
      supersedes?: string;
      consentId: string;
      /** @description The trip to the bank that the receipt is of. */
      authorizationId: string;
      /** @description The bank's id of the consent: what a revocation there names. */
      bankConsentId?: string;
      /**
       * Format: date-time
       * @description When the receipt was signed.
       */
      issuedAt: string;
      /**
       * Format: date-time
       * @description When the bank made the consent, by the bank; else when its tokens came.
       */
      createdTime: string;
      /**
       * Format: date-time
       * @description From this instant the consent is not used any more.
       */
      expirationDate: string;
      /** @description Application, aggregator and bank. */
      parties: {
        /**
         * @description The role of the party (FDX PartyType).
         * @enum {string}
         */
        type: 'DATA_RECIPIENT' | 'DATA_ACCESS_PLATFORM' | 'DATA_PROVIDER';
        /** @description What the person knows it by. */
        name: string;
        /**
         * Format: uri
         * @description Its home page.
         */
        homeUri?: string;
        /** @description Where the party is registered. */
        registryReferences?: {
          /**
           * @description The kind of register, as FDX names it.
           * @enum {string}
           */
          registry: 'FDX' | 'GLEIF' | 'ICANN' | 'PRIVATE';
          /** @description The name that the party has there. */
          registeredEntityName: string;
          /** @description The id that the party has there. */
          registeredEntityId: string;
        }[];
      }[];
      /** @description A keyed hash of the application's name for the person. */
      personPseudonym: string;
      /** @description What the data is for, as the person read it. */
      purpose: string;
      /**
       * Requested
       * @description What was asked of the bank, as the person had agreed to it.
       */
      requested: {
        /**
         * @description FDX ConsentDurationType.
         * @enum {string}
         */
        durationType: 'ONE_TIME' | 'PERSISTENT' | 'TIME_BOUND';
        /** @description Days from the grant; with TIME_BOUND. */
        durationPeriod?: number;
        /** @description Days of history, counted back from the request. */
        lookbackPeriod?: number;
        resources: {
          /**
           * @description FDX ConsentResourceType.
           * @enum {string}
           */
          resourceType: 'ACCOUNT' | 'CUSTOMER' | 'DOCUMENT';
          /** @description FDX data clusters. */
          dataClusters: string[];
        }[];
      };
      /**
       * Granted
       * @description What the person shared, as the bank told it.
       */
      granted: {
        /**
         * @description Where we learned of it: FDX GET /consents, the authorization_details of the token response (RFC 9396), or its scope.
         * @enum {string}
         */
        source: 'consent_api' | 'authorization_details' | 'scope';
        /**
         * @description FDX ConsentDurationType.
         * @enum {string}
         */
        durationType: 'ONE_TIME' | 'PERSISTENT' | 'TIME_BOUND';
        /** @description Days from the grant, where the bank said so. */
        durationPeriod?: number;
        /** @description Days of history, where the bank said so. */
        lookbackPeriod?: number;
        resources: {
          /**
           * @description FDX ConsentResourceType.
           * @enum {string}
           */
          resourceType: 'ACCOUNT' | 'CUSTOMER' | 'DOCUMENT';
          /** @description The bank's id of the account, customer or document. */
          resourceId?: string;
          /** @description Clusters as the bank named them. */
          dataClusters: string[];
        }[];
      };
      /**
       * Difference
       * @description Asked beside granted. What was never asked for is not used.
       */
      difference: {
        /** @enum {string} */
        outcome: 'in_full' | 'in_part' | 'wider';
        clusters: {
          /** @enum {string} */
          resourceType: 'ACCOUNT' | 'CUSTOMER' | 'DOCUMENT';
          asked: string[];
          granted: string[];
          refused: string[];
          wider: string[];
        }[];
        durationPeriod?: {
          asked: number;
          granted: number;
        };
        lookbackPeriod?: {
          asked: number;
          granted: number;
        };
      };
      /** @description OAuth scopes as granted; as requested where the bank did not say (RFC 6749 §5.1). */
      grantedScopes: string[];
      /**
       * Disclosure
       * @description What the person was shown before they went to the bank.
       */
      disclosure: {
        disclosureId?: string;
        /** @description SHA-256 over the canonical form of what was shown, base64url. */
        digest: string;
        /** @description BCP 47. */
        language?: string;
        /** @description Template and version, where we showed it. */
        template?: string;
        /**
         * @description Whether we showed it, or the application its own.
         * @enum {string}
         */
        source?: 'template' | 'application';
        /** Agreement */
        agreement?: {
          agreementId: string;
          /**
           * @description How the person agreed.
           * @enum {string}
           */
          method: 'button' | 'typed_name';
          /** @description Salted digest of the name that the person typed; the name itself is elsewhere, sealed. */
          nameDigest?: string;
          /**
           * Format: date-time
           * @description When the person agreed.
           */
          agreedAt: string;
        };
        /**
         * Format: date-time
         * @description When the person agreed to it.
         */
        agreedAt: string;
      };
      /**
       * Evidence
       * @description How the authorization was made and protected.
       */
      evidence: {
        /**
         * Format: uri
         * @description The bank's issuer identifier (RFC 8414).
         */
        issuer: string;
        /** @description Who we are at the bank. */
        clientId: string;
        /** @description The pushed authorization request. */
        request: {
          /**
           * Format: date-time
           * @description When the request was pushed (RFC 9126).
           */
          pushedAt?: string;
          /** @description SHA-256 of the parameters that were pushed, without client authentication. */
          digest?: string;
        };
        pkce: {
          /** @description RFC 7636 §4.2. */
          codeChallenge: string;
          /** @constant */
          codeChallengeMethod: 'S256';
        };
        /** @description The authorization response. */
        response: {
          /**
           * Format: uri
           * @description Who answered, by the answer itself (RFC 9207, or iss of the JARM answer).
           */
          iss?: string;
          /**
           * Format: date-time
           * @description When the answer came back with the browser.
           */
          receivedAt?: string;
        };
        /**
         * Format: date-time
         * @description When the token response came.
         */
        tokensIssuedAt?: string;
        /** @description From the ID token, where there is one that says so. */
        authentication?: {
          /**
           * Format: date-time
           * @description When the bank authenticated the person (auth_time).
           */
          time?: string;
          /** @description How, by the bank: its authentication context class. */
          acr?: string;
        };
        /** @description What the tokens are bound to. */
        senderConstraint: {
          /** @enum {string} */
          method: 'dpop' | 'mtls';
          confirmation:
            | {
                /** @description RFC 7638 thumbprint of the DPoP key (RFC 9449 §6.1). */
                jkt: string;
              }
            | {
                /** @description Thumbprint of our certificate (RFC 8705 §3.1). */
                'x5t#S256': string;
              };
        };
      };
    };
    /** @description A receipt of version 1, as it was signed. */
    ConsentReceiptV1: {
      /** @constant */
      receiptVersion: 1;
      receiptId: string;
      consentId: string;
    } & {
      [key: string]: unknown;
    };
    /** @description Receipts, oldest first. */
    ReceiptPage: {
      receipts: components['schemas']['Receipt'][];
      /** @description Asks for the next page, as `cursor`. Absent on the last one. */
      nextCursor?: string;
    };
    /** @description A disclosure, word for word. */
    WholeDisclosure: {
      id: string;
      consentId: string;
      /** @description The link by which it was shown. */
      invitationId: string;
      /**
       * @description Whether we showed it, or the application its own.
       * @enum {string}
       */
      source: 'template' | 'application';
      /** @description Template, language and version. */
      template?: string;
      /** @description BCP 47. */
      language: string;
      /** @description SHA-256 over the canonical form of the document, base64url. */
      digest: string;
      agreement: {
        id: string;
        /**
         * @description How the person agreed.
         * @enum {string}
         */
        method: 'button' | 'typed_name';
        /** Format: date-time */
        agreedAt: string;
        /** @description Who wrote it down: our page, or `application:ID`. */
        recordedBy: string;
        /** @description Salted digest of the name that the person typed. */
        nameDigest?: string;
        /** @description The name that the person typed, while it is kept. */
        name?: string;
      };
      document: {
        /** @constant */
        version: 1;
        language: string;
        title: string;
        sections: {
          id: string;
          heading?: string;
          paragraphs?: string[];
          items?: string[];
        }[];
      };
    };
    /** @description A Kantara Consent Receipt, version 1.1.0. */
    KantaraReceipt: {
      /** @constant */
      version: 'KI-CR-v1.1.0';
      jurisdiction: string;
      consentTimestamp: number;
      collectionMethod: string;
      consentReceiptID: string;
      publicKey?: string;
      language?: string;
      piiPrincipalId: string;
      piiControllers: {
        piiController: string;
        onBehalf: boolean;
        contact: string;
        address: {
          streetAddress: string;
        };
        email: string;
        phone: string;
        /** Format: uri */
        piiControllerUrl?: string;
      }[];
      /** Format: uri */
      policyUrl: string;
      services: {
        service: string;
        purposes: {
          purpose: string;
          purposeCategory: string[];
          /** @constant */
          consentType: 'EXPLICIT';
          piiCategory: string[];
          primaryPurpose: boolean;
          termination: string;
          thirdPartyDisclosure: boolean;
          thirdPartyName?: string;
        }[];
      }[];
      sensitive: boolean;
      spiCat: string[];
    };
    /** @description Every institution there is. */
    InstitutionList: {
      institutions: components['schemas']['ListedInstitution'][];
    };
    /** @description An institution that can be asked for. */
    ListedInstitution: {
      /** @description The id of an institution, from its profile. */
      id: string;
      name: string;
      /**
       * @description What was found when its metadata were last looked at.
       * @enum {string}
       */
      readiness: 'unchecked' | 'ready' | 'misconfigured';
      /** @description What is wrong with it. */
      reason?: string;
      /** @description New work there waits. */
      paused?: {
        /** Format: date-time */
        since: string;
      };
    };
    /** @description An institution as operators see it. */
    OperatedInstitution: {
      /** @description The id of an institution, from its profile. */
      id: string;
      name: string;
      /**
       * @description What was found when its metadata were last looked at.
       * @enum {string}
       */
      readiness: 'unchecked' | 'ready' | 'misconfigured';
      paused?: {
        /** Format: date-time */
        since: string;
        reason?: string;
      };
    };
    /** @description How our registration at a bank stands. Holds no secret. */
    Registration: {
      /** @description The id of an institution, from its profile. */
      institutionId: string;
      /** @enum {string} */
      status: 'registering' | 'registered' | 'updating' | 'deleting' | 'deleted' | 'failed';
      clientId?: string;
      endpoint?: string;
      registrationClientUri?: string;
      /** @description Whether the bank lets us change it (RFC 7592). */
      isManaged: boolean;
      /** @description What the operator says of us. */
      request: {
        /** Format: uri */
        endpoint?: string;
        dataClusters?: (
          | 'ACCOUNT_BASIC'
          | 'ACCOUNT_DETAILED'
          | 'ACCOUNT_PAYMENTS'
          | 'BALANCES'
          | 'BILLS'
          | 'CUSTOMER_CONTACT'
          | 'CUSTOMER_PERSONAL'
          | 'IMAGES'
          | 'INVESTMENTS'
          | 'NOTIFICATIONS'
          | 'PAYMENT_SUPPORT'
          | 'REWARDS'
          | 'SCHEDULED_PAYMENTS'
          | 'SOCIAL_SECURITY_NUMBER'
          | 'STATEMENTS'
          | 'TAX'
          | 'TERMS_AND_CONDITIONS'
          | 'TRANSACTIONS'
          | 'TRANSFERS'
        )[];
        metadata: {
          client_name: string;
        } & {
          [key: string]: unknown;
        };
      };
      /** @description What the bank says it has registered, without secrets. */
      metadata?: {
        [key: string]: unknown;
      };
      /** @description When a request went out whose answer was lost: each may have left a client at the bank. */
      possibleOrphans: string[];
      failure?: {
        code: components['schemas']['FailureCode'];
        title: string;
        fix: string;
        detail?: string;
      };
      /** Format: date-time */
      registeredAt?: string;
      /** Format: date-time */
      updatedAt: string;
    };
    /** @description What became of an operation on a registration. */
    RegistrationOutcome: {
      workflowId: string;
      /** @enum {string} */
      outcome?: 'registered' | 'updated' | 'deleted' | 'failed';
      /** @description What the bank registered otherwise than asked. */
      differences?: string[];
      registration?: components['schemas']['Registration'];
    };
    /** @description An institution whose work goes on. */
    ResumedInstitution: {
      /** @description The id of an institution, from its profile. */
      id: string;
      name: string;
      /**
       * @description What was found when its metadata were last looked at.
       * @enum {string}
       */
      readiness: 'unchecked' | 'ready' | 'misconfigured';
      paused?: {
        /** Format: date-time */
        since: string;
        reason?: string;
      };
      /** @description How many consents that wait to tell the bank of their end were woken; absent while that goes on. */
      endingsRetried?: number;
    };
    /** @description All of them, by id. */
    ApplicationList: {
      applications: components['schemas']['Application'][];
    };
    /** @description A product that uses this API. */
    Application: {
      id: string;
      name: string;
      /** @description Where people may be sent back to, exactly. */
      returnUrls: string[];
      /** @description Whether it may carry single requests to banks itself. */
      mayDelegate: boolean;
      /** @description That each API process takes from it; absent: as many as from any other. */
      requestsPerMinute?: number;
    };
    /** @description Clients, oldest first. */
    ApplicationClientList: {
      clients: components['schemas']['ApplicationClient'][];
    };
    /** @description A client of an issuer whose access tokens speak for the application. */
    ApplicationClient: {
      id: string;
      issuer: string;
      /** @description As the issuer knows the application. */
      clientId: string;
      /** Format: date-time */
      createdAt: string;
    };
    /** @description Keys, the newest first, those that are over among them; at most 1,000. */
    ApiKeyList: {
      keys: components['schemas']['ApiKey'][];
    };
    /** @description A key, without the key itself. */
    ApiKey: {
      id: string;
      label: string;
      /** @enum {string} */
      state: 'active' | 'expired' | 'revoked';
      /** @description Null: all of them, those of later versions included. */
      scopes: components['schemas']['Scope'][] | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description From then on it is good for nothing.
       */
      expiresAt?: string;
      /**
       * Format: date-time
       * @description To the minute.
       */
      lastUsedAt?: string;
      /** @description The key that takes its place. */
      replacedBy?: string;
      /** Format: date-time */
      revokedAt?: string;
    };
    /**
     * @description `consents:read`: consents, their invitations and states; `consents:write`: ask for, renew, change, complete and end consents; `data:read`: read a person's data at their bank; `data:delegate`: carry single requests for data to a bank itself; `evidence:read`: receipts, disclosures, audit events and exports; `events:read`: what happens, as a list and as a live view; `webhooks:manage`: endpoints, their secrets and their deliveries
     * @enum {string}
     */
    Scope:
      | 'consents:read'
      | 'consents:write'
      | 'data:read'
      | 'data:delegate'
      | 'evidence:read'
      | 'events:read'
      | 'webhooks:manage';
    /** @description A key, and the only answer that has it in it. */
    NewApiKey: {
      id: string;
      label: string;
      /** @enum {string} */
      state: 'active' | 'expired' | 'revoked';
      /** @description Null: all of them, those of later versions included. */
      scopes: components['schemas']['Scope'][] | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description From then on it is good for nothing.
       */
      expiresAt?: string;
      /**
       * Format: date-time
       * @description To the minute.
       */
      lastUsedAt?: string;
      /** @description The key that takes its place. */
      replacedBy?: string;
      /** Format: date-time */
      revokedAt?: string;
      /** @description The key itself. Shown once: it is not stored. */
      apiKey: string;
    };
    /** @description A key that takes the place of another one. */
    RotatedApiKey: {
      id: string;
      label: string;
      /** @enum {string} */
      state: 'active' | 'expired' | 'revoked';
      /** @description Null: all of them, those of later versions included. */
      scopes: components['schemas']['Scope'][] | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description From then on it is good for nothing.
       */
      expiresAt?: string;
      /**
       * Format: date-time
       * @description To the minute.
       */
      lastUsedAt?: string;
      /** @description The key that takes its place. */
      replacedBy?: string;
      /** Format: date-time */
      revokedAt?: string;
      /** @description The key itself. Shown once: it is not stored. */
      apiKey: string;
      /** @description The old key, and until when it works. */
      replaces: {
        id: string;
        /** Format: date-time */
        expiresAt: string;
      };
    };
    /** @description Payloads in Protobuf's JSON form, opened. */
    DecodedPayloads: {
      payloads: {
        metadata: {
          [key: string]: string;
        };
        data: string;
      }[];
    };
    /** @description How far forgetting a person has come. */
    Erasure: {
      consentId: string;
      /** @description The certificate of all that was destroyed; absent while it goes on. */
      certificateId?: string;
    };
    /** @description An order not to delete anything of a consent. */
    LegalHold: {
      id: string;
      consentId: string;
      reason: string;
      placedBy: string;
      /** Format: date-time */
      placedAt: string;
      /** Format: date-time */
      releasedAt?: string;
      releasedBy?: string;
    };
    /** @description Holds, the newest first; at most 1,000. */
    LegalHoldList: {
      holds: components['schemas']['LegalHold'][];
    };
    /** @description Tasks, oldest first; at most 1,000. */
    OperatorTaskList: {
      tasks: components['schemas']['OperatorTask'][];
    };
    /** @description What a machine could not do, and a person must look at. */
    OperatorTask: {
      id: string;
      /**
       * @description What a machine could not do.
       * @constant
       */
      kind: 'grant_ending_failed';
      consentId?: string;
      /** @description The trip to the bank whose grant it is about. */
      authorizationId?: string;
      /** @description The id of an institution, from its profile. */
      institutionId?: string;
      failure?: components['schemas']['FailureNote'];
      /** Format: date-time */
      openedAt: string;
      /** Format: date-time */
      closedAt?: string;
      /** @description How it was settled with the bank. */
      resolution?: string;
    };
    /** @description A task that was tried again. */
    RetriedOperatorTask: {
      id: string;
      /**
       * @description What a machine could not do.
       * @constant
       */
      kind: 'grant_ending_failed';
      consentId?: string;
      /** @description The trip to the bank whose grant it is about. */
      authorizationId?: string;
      /** @description The id of an institution, from its profile. */
      institutionId?: string;
      failure?: components['schemas']['FailureNote'];
      /** Format: date-time */
      openedAt: string;
      /** Format: date-time */
      closedAt?: string;
      /** @description How it was settled with the bank. */
      resolution?: string;
      /** @description Whether a workflow was there to be told. */
      isRetried: boolean;
    };
    /** @description A JWK Set (RFC 7517 §5): public keys. */
    KeySet: {
      keys: ({
        kty: string;
        kid: string;
      } & {
        [key: string]: unknown;
      })[];
    };
    /** @description The process lives. */
    Health: {
      /** @constant */
      status: 'ok';
    };
    /** @description An OpenAPI 3.1 document. */
    OpenApiDocument: {
      openapi: string;
      info: {
        [key: string]: unknown;
      };
      paths: {
        [key: string]: unknown;
      };
    } & {
      [key: string]: unknown;
    };
    /** @description Whether the parts that a request needs answer. */
    Readiness: {
      /** @enum {string} */
      status: 'ready' | 'not_ready';
      /** @enum {string} */
      database: 'up' | 'away';
      /** @enum {string} */
      temporal: 'up' | 'away';
    };
    /** @description A JSON Schema, draft 2020-12. */
    JsonSchema: {
      $schema: string;
      $id: string;
    } & {
      [key: string]: unknown;
    };
    /** @description A bank as data, field by field in docs/institutions.md. Fields that name files are for the command line only. */
    StoredInstitutionProfile: {
      id: string;
      name: string;
      /** Format: uri */
      issuer: string;
      /**
       * @default oidc
       * @enum {string}
       */
      discovery: 'oidc' | 'oauth2';
      clientId: string;
      party?: {
        /** Format: uri */
        homeUri?: string;
        registryReferences?: {
          /**
           * @description The kind of register, as FDX names it.
           * @enum {string}
           */
          registry: 'FDX' | 'GLEIF' | 'ICANN' | 'PRIVATE';
          /** @description The name that the party has there. */
          registeredEntityName: string;
          /** @description The id that the party has there. */
          registeredEntityId: string;
        }[];
      };
      /**
       * @default {
       *       "method": "private_key_jwt",
       *       "algorithm": "PS256"
       *     }
       */
      clientAuthentication: {
        /**
         * @default private_key_jwt
         * @enum {string}
         */
        method: 'private_key_jwt' | 'tls_client_auth' | 'self_signed_tls_client_auth';
        /** @enum {string} */
        algorithm?: 'PS256' | 'ES256' | 'EdDSA';
        audience?: string;
      };
      /**
       * @default {
       *       "method": "dpop",
       *       "algorithm": "ES256"
       *     }
       */
      senderConstraint: {
        /**
         * @default dpop
         * @enum {string}
         */
        method: 'dpop' | 'mtls';
        /** @enum {string} */
        algorithm?: 'PS256' | 'ES256' | 'EdDSA';
      };
      clientCertificate?: {
        certificateFile: string;
        keyFile: string;
      };
      /** @default 30 */
      clockToleranceSeconds: number;
      /** @default false */
      openid: boolean;
      /**
       * @default PS256
       * @enum {string}
       */
      idTokenSignedResponseAlg: 'PS256' | 'ES256' | 'EdDSA';
      /**
       * @default query
       * @enum {string}
       */
      responseMode: 'query' | 'jwt';
      /**
       * @default PS256
       * @enum {string}
       */
      authorizationSignedResponseAlg: 'PS256' | 'ES256' | 'EdDSA';
      request: {
        /** @default false */
        signed: boolean;
        /** @enum {string} */
        signingAlgorithm?: 'PS256' | 'ES256' | 'EdDSA';
        /**
         * @default authorization_details
         * @enum {string}
         */
        form: 'authorization_details' | 'scope';
        /** @default true */
        offlineAccess: boolean;
        /** @default [] */
        extraScopes: string[];
        /** @default {} */
        clusterScopes: {
          [key: string]: string[];
        };
        /** @default true */
        scopesWithDetails: boolean;
        /** @default {} */
        extraParameters: {
          [key: string]: string;
        };
        /** @constant */
        grantManagementAction?: 'create';
      };
      fdx: {
        /** Format: uri */
        baseUrl: string;
        consents: {
          /**
           * @default consent_api
           * @enum {string}
           */
          source: 'consent_api' | 'token_response';
          /**
           * @default user_token
           * @enum {string}
           */
          credential: 'user_token' | 'client_credentials' | 'basic';
          basic?: {
            username: string;
            passwordFile: string;
          };
          /**
           * @default token_response
           * @enum {string}
           */
          idSource: 'token_response' | 'introspection';
          scope?: string;
          /** Format: uri */
          baseUrl?: string;
        };
        /** @enum {string} */
        resultType?: 'lightweight' | 'details';
        dataProviderId?: string;
        /** @default 16 */
        maxConcurrentRequests: number;
      };
      notifications: {
        /**
         * @default none
         * @enum {string}
         */
        mode: 'none' | 'subscribe' | 'poll';
        /**
         * @default [
         *       "CONSENT_REVOKED",
         *       "CONSENT_UPDATED"
         *     ]
         */
        types: string[];
        /** Format: uri */
        jwksUri?: string;
        certificateThumbprints?: string[];
        /** @default fdx:notifications:subscribe */
        scope: string;
        /** Format: uri */
        baseUrl?: string;
      };
      tokens: {
        keepAliveDays?: number;
      };
      reconcile: {
        /** @default 24 */
        everyHours: number;
        /** @default 60 */
        maxPerMinute: number;
      };
      caFile?: string;
      /** @default false */
      allowPrivateAddresses: boolean;
    };
    /** @description A failure (RFC 9457). Switch on `code`; texts may change. */
    Problem: {
      /**
       * Format: uri
       * @description `urn:fdx-consent:failure:` and the code.
       */
      type: string;
      /** @description What happened, the same for every occurrence. */
      title: string;
      /** @description The HTTP status. */
      status: number;
      code: components['schemas']['FailureCode'];
      /** @description What exactly, this time. */
      detail?: string;
      /** @description What to do next. */
      fix: string;
      /** @description Every fault of the request, where it has any. */
      errors?: components['schemas']['RequestFault'][];
      /** @description What to name when asking us: the same as X-Request-Id. */
      requestId: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: {
    /** @description The id of this request: your own X-Request-Id, if it is 8 to 64 letters, digits, `.`, `_` or `-`; else one of ours. */
    'X-Request-Id': string;
    /** @description How to authenticate (RFC 9110 §11.6.1). */
    'WWW-Authenticate': string;
    /** @description Seconds after which a retry makes sense (RFC 9110 §10.2.3). */
    'Retry-After': string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listConsents: {
    parameters: {
      query?: {
        status?:
          | ('requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed')
          | ('requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed')[];
        nextAction?: 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';
        institutionId?: string;
        expiresBefore?: string;
        expiresAfter?: string;
        createdBefore?: string;
        createdAfter?: string;
        updatedBefore?: string;
        updatedAfter?: string;
        /** @description Oldest first, or newest first. */
        order?: 'asc' | 'desc';
        cursor?: string;
        tag?: string | string[];
        metadata?: string | string[];
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of consents. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsentPage'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable' | 'vault_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  createConsent: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConsentRequest'];
      };
    };
    responses: {
      /** @description The consent waits for the person. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          /** @description Where it can be read. */
          Location: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedConsent'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /**
       * @description `cluster_unknown`: A data cluster is not part of FDX v6.
       *
       *     `duration_exceeds_policy`: The consent would last longer than policy allows.
       *
       *     `return_url_unregistered`: The returnUrl is not registered for this application.
       *
       *     `institution_unknown`: There is no such institution.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'cluster_unknown' | 'duration_exceeds_policy' | 'return_url_unregistered' | 'institution_unknown';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `institution_misconfigured`: This institution cannot be used as it is configured. */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'institution_misconfigured';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable' | 'engine_unavailable' | 'vault_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  searchConsents: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ConsentSearch'];
      };
    };
    responses: {
      /** @description A page of consents. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsentPage'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable' | 'vault_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getConsent: {
    parameters: {
      query?: never;
      header?: {
        /** @description Entity tags of what you have (RFC 9110 §13.1.2). */
        'If-None-Match'?: string;
        /** @description `wait=N`: answered once there is something to say, or after N seconds, 60 at most (RFC 7240). */
        Prefer?: string;
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The consent. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description Of what is answered (RFC 9110 §8.8.3). */
          ETag: string;
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Consent'];
        };
      };
      /** @description You have it. */
      304: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description Of what is answered (RFC 9110 §8.8.3). */
          ETag: string;
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `prefer_invalid`: The Prefer header cannot be read.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'prefer_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable' | 'vault_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  revokeConsent: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the consent as you have seen it: nothing is done to another (RFC 9110 §13.1.1). */
        'If-Match'?: string;
        /** @description `wait=N`: answered once there is something to say, or after N seconds, 60 at most (RFC 7240). */
        Prefer?: string;
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RevocationRequest'];
      };
    };
    responses: {
      /** @description The consent, ended. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description Of the consent as it stands now. */
          ETag: string;
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Consent'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `prefer_invalid`: The Prefer header cannot be read.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'prefer_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `precondition_failed`: It has changed since you read it. */
      412: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'precondition_failed';
            /** @constant */
            status: 412;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable' | 'vault_unavailable' | 'engine_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  labelConsent: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the consent as you have seen it: nothing is done to another (RFC 9110 §13.1.1). */
        'If-Match'?: string;
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConsentPatch'];
        'application/merge-patch+json': components['schemas']['ConsentPatch'];
      };
    };
    responses: {
      /** @description The consent as it stands now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description Of the consent as it stands now. */
          ETag: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Consent'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `consent_ended`: This consent has ended. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'consent_ended';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `precondition_failed`: It has changed since you read it. */
      412: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'precondition_failed';
            /** @constant */
            status: 412;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable' | 'vault_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  createAuthorization: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the consent as you have seen it: nothing is done to another (RFC 9110 §13.1.1). */
        'If-Match'?: string;
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['AuthorizationRequest'];
      };
    };
    responses: {
      /** @description The link that is open already. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Invitation'];
        };
      };
      /** @description A new link. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Invitation'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `invitation_not_found`: There is no such open invitation.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'invitation_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       *
       *     `consent_not_connected`: Nobody has authorized this consent yet.
       *
       *     `consent_ended`: This consent has ended.
       *
       *     `consent_not_renewable`: A ONE_TIME consent cannot be renewed.
       *
       *     `invitation_open`: The person is already invited to authorize, on other terms.
       *
       *     `authorization_in_progress`: The bank has answered and the authorization is being completed.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'idempotency_key_reused'
              | 'idempotency_in_progress'
              | 'consent_not_connected'
              | 'consent_ended'
              | 'consent_not_renewable'
              | 'invitation_open'
              | 'authorization_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `precondition_failed`: It has changed since you read it. */
      412: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'precondition_failed';
            /** @constant */
            status: 412;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /**
       * @description `cluster_unknown`: A data cluster is not part of FDX v6.
       *
       *     `duration_exceeds_policy`: The consent would last longer than policy allows.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'cluster_unknown' | 'duration_exceeds_policy';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable' | 'engine_unavailable' | 'vault_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  cancelAuthorization: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The consent. */
        consentId: string;
        /** @description The link by which the person may authorize. */
        invitationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The link is no longer good, and nothing else has changed. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `invitation_not_found`: There is no such open invitation.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'invitation_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `authorization_in_progress`: The bank has answered and the authorization is being completed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'authorization_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable' | 'engine_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  completeConsent: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the consent as you have seen it: nothing is done to another (RFC 9110 §13.1.1). */
        'If-Match'?: string;
        /** @description `wait=N`: answered once there is something to say, or after N seconds, 60 at most (RFC 7240). */
        Prefer?: string;
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description The consent, ended: to who preferred to wait for it. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          /** @description Of the consent as it stands now. */
          ETag: string;
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Consent'];
        };
      };
      /** @description The consent ends. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Completion'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       *
       *     `prefer_invalid`: The Prefer header cannot be read.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid' | 'prefer_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       *
       *     `consent_not_one_time`: Only a ONE_TIME consent is completed.
       *
       *     `consent_not_connected`: Nobody has authorized this consent yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              'idempotency_key_reused' | 'idempotency_in_progress' | 'consent_not_one_time' | 'consent_not_connected';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `precondition_failed`: It has changed since you read it. */
      412: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'precondition_failed';
            /** @constant */
            status: 412;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable' | 'vault_unavailable' | 'engine_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getDeletionCertificate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The certificate. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeletionCertificate'];
          'application/jose': string;
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `certificate_not_found`: This consent has no deletion certificate yet.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'certificate_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getAccounts: {
    parameters: {
      query?: {
        accountIds?: string;
        resultType?: 'lightweight' | 'details';
        startTime?: string;
        endTime?: string;
        limit?: string;
        cursor?: string;
      };
      header?: {
        /** @description A UUID to follow the request by, at the bank too. Anything else is replaced by one of ours. */
        'x-fapi-interaction-id'?: string;
        /** @description USER when the person is there: banks count and limit the two apart. */
        'FDX-API-Actor-Type'?: 'USER' | 'BATCH';
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bank's document. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxAccounts'];
        };
      };
      /** @description A part of it, where the bank has no more. */
      206: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxAccounts'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `cursor_invalid`: This cursor is not one of ours, belongs to another request, or is too old.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'cursor_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       *
       *     `cluster_not_granted`: The person did not grant this data.
       *
       *     `account_not_granted`: The person did not grant this account.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing' | 'cluster_not_granted' | 'account_not_granted';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `data_not_found`: The bank has no such data.
       *
       *     `data_not_offered`: The bank does not offer this kind of data.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'data_not_found' | 'data_not_offered';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `representation_unavailable`: The bank does not have the document in this form. */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'representation_unavailable';
            /** @constant */
            status: 406;
          };
        };
      };
      /**
       * @description `consent_not_connected`: Nobody has authorized this consent yet.
       *
       *     `consent_ended`: This consent has ended.
       *
       *     `reauthorization_needed`: The bank no longer honours the grant of this consent.
       *
       *     `grant_in_doubt`: The bank refuses data that it granted.
       *
       *     `account_closed`: The account is closed.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'consent_not_connected'
              | 'consent_ended'
              | 'reauthorization_needed'
              | 'grant_in_doubt'
              | 'account_closed';
            /** @constant */
            status: 409;
          };
        };
      };
      /**
       * @description `lookback_exceeded`: The grant does not reach that far back.
       *
       *     `data_request_refused`: The bank does not take these parameters.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'lookback_exceeded' | 'data_request_refused';
            /** @constant */
            status: 422;
          };
        };
      };
      /**
       * @description `rate_limited`: This application asks more often than it may.
       *
       *     `fdx_rate_limited`: The FDX API asks us to slow down.
       */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited' | 'fdx_rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_client_rejected`: The authorization server rejected our client.
       *
       *     `as_request_rejected`: The authorization server rejected our request.
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       *
       *     `id_token_invalid`: The ID token did not pass validation (OpenID Connect Core §3.1.3.7).
       *
       *     `sender_certificate_changed`: The token is bound to a certificate that we no longer show (RFC 8705 §3).
       *
       *     `fdx_request_rejected`: The FDX API rejected our request.
       *
       *     `fdx_response_invalid`: The FDX API answered with something we cannot read.
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_client_rejected'
              | 'as_request_rejected'
              | 'as_response_invalid'
              | 'id_token_invalid'
              | 'sender_certificate_changed'
              | 'fdx_request_rejected'
              | 'fdx_response_invalid';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `institution_paused`: An operator has paused this institution.
       *
       *     `as_keys_unreachable`: The signature keys of the authorization server cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `signing_unavailable`: The key that would sign cannot be used right now.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `institution_busy`: Too many requests to this institution are under way.
       *
       *     `fdx_unreachable`: The FDX API cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'store_unavailable'
              | 'issuer_unavailable'
              | 'institution_paused'
              | 'as_keys_unreachable'
              | 'as_unreachable'
              | 'signing_unavailable'
              | 'vault_unavailable'
              | 'engine_unavailable'
              | 'institution_busy'
              | 'fdx_unreachable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getAccount: {
    parameters: {
      query?: never;
      header?: {
        /** @description A UUID to follow the request by, at the bank too. Anything else is replaced by one of ours. */
        'x-fapi-interaction-id'?: string;
        /** @description USER when the person is there: banks count and limit the two apart. */
        'FDX-API-Actor-Type'?: 'USER' | 'BATCH';
      };
      path: {
        /** @description The consent. */
        consentId: string;
        /** @description The bank's id of the account. */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bank's document. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxAccount'];
        };
      };
      /** @description A part of it, where the bank has no more. */
      206: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxAccount'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `cursor_invalid`: This cursor is not one of ours, belongs to another request, or is too old.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'cursor_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       *
       *     `cluster_not_granted`: The person did not grant this data.
       *
       *     `account_not_granted`: The person did not grant this account.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing' | 'cluster_not_granted' | 'account_not_granted';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `data_not_found`: The bank has no such data.
       *
       *     `data_not_offered`: The bank does not offer this kind of data.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'data_not_found' | 'data_not_offered';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `representation_unavailable`: The bank does not have the document in this form. */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'representation_unavailable';
            /** @constant */
            status: 406;
          };
        };
      };
      /**
       * @description `consent_not_connected`: Nobody has authorized this consent yet.
       *
       *     `consent_ended`: This consent has ended.
       *
       *     `reauthorization_needed`: The bank no longer honours the grant of this consent.
       *
       *     `grant_in_doubt`: The bank refuses data that it granted.
       *
       *     `account_closed`: The account is closed.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'consent_not_connected'
              | 'consent_ended'
              | 'reauthorization_needed'
              | 'grant_in_doubt'
              | 'account_closed';
            /** @constant */
            status: 409;
          };
        };
      };
      /**
       * @description `lookback_exceeded`: The grant does not reach that far back.
       *
       *     `data_request_refused`: The bank does not take these parameters.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'lookback_exceeded' | 'data_request_refused';
            /** @constant */
            status: 422;
          };
        };
      };
      /**
       * @description `rate_limited`: This application asks more often than it may.
       *
       *     `fdx_rate_limited`: The FDX API asks us to slow down.
       */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited' | 'fdx_rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_client_rejected`: The authorization server rejected our client.
       *
       *     `as_request_rejected`: The authorization server rejected our request.
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       *
       *     `id_token_invalid`: The ID token did not pass validation (OpenID Connect Core §3.1.3.7).
       *
       *     `sender_certificate_changed`: The token is bound to a certificate that we no longer show (RFC 8705 §3).
       *
       *     `fdx_request_rejected`: The FDX API rejected our request.
       *
       *     `fdx_response_invalid`: The FDX API answered with something we cannot read.
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_client_rejected'
              | 'as_request_rejected'
              | 'as_response_invalid'
              | 'id_token_invalid'
              | 'sender_certificate_changed'
              | 'fdx_request_rejected'
              | 'fdx_response_invalid';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `institution_paused`: An operator has paused this institution.
       *
       *     `as_keys_unreachable`: The signature keys of the authorization server cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `signing_unavailable`: The key that would sign cannot be used right now.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `institution_busy`: Too many requests to this institution are under way.
       *
       *     `fdx_unreachable`: The FDX API cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'store_unavailable'
              | 'issuer_unavailable'
              | 'institution_paused'
              | 'as_keys_unreachable'
              | 'as_unreachable'
              | 'signing_unavailable'
              | 'vault_unavailable'
              | 'engine_unavailable'
              | 'institution_busy'
              | 'fdx_unreachable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getContact: {
    parameters: {
      query?: never;
      header?: {
        /** @description A UUID to follow the request by, at the bank too. Anything else is replaced by one of ours. */
        'x-fapi-interaction-id'?: string;
        /** @description USER when the person is there: banks count and limit the two apart. */
        'FDX-API-Actor-Type'?: 'USER' | 'BATCH';
      };
      path: {
        /** @description The consent. */
        consentId: string;
        /** @description The bank's id of the account. */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bank's document. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxContact'];
        };
      };
      /** @description A part of it, where the bank has no more. */
      206: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxContact'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `cursor_invalid`: This cursor is not one of ours, belongs to another request, or is too old.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'cursor_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       *
       *     `cluster_not_granted`: The person did not grant this data.
       *
       *     `account_not_granted`: The person did not grant this account.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing' | 'cluster_not_granted' | 'account_not_granted';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `data_not_found`: The bank has no such data.
       *
       *     `data_not_offered`: The bank does not offer this kind of data.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'data_not_found' | 'data_not_offered';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `representation_unavailable`: The bank does not have the document in this form. */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'representation_unavailable';
            /** @constant */
            status: 406;
          };
        };
      };
      /**
       * @description `consent_not_connected`: Nobody has authorized this consent yet.
       *
       *     `consent_ended`: This consent has ended.
       *
       *     `reauthorization_needed`: The bank no longer honours the grant of this consent.
       *
       *     `grant_in_doubt`: The bank refuses data that it granted.
       *
       *     `account_closed`: The account is closed.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'consent_not_connected'
              | 'consent_ended'
              | 'reauthorization_needed'
              | 'grant_in_doubt'
              | 'account_closed';
            /** @constant */
            status: 409;
          };
        };
      };
      /**
       * @description `lookback_exceeded`: The grant does not reach that far back.
       *
       *     `data_request_refused`: The bank does not take these parameters.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'lookback_exceeded' | 'data_request_refused';
            /** @constant */
            status: 422;
          };
        };
      };
      /**
       * @description `rate_limited`: This application asks more often than it may.
       *
       *     `fdx_rate_limited`: The FDX API asks us to slow down.
       */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited' | 'fdx_rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_client_rejected`: The authorization server rejected our client.
       *
       *     `as_request_rejected`: The authorization server rejected our request.
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       *
       *     `id_token_invalid`: The ID token did not pass validation (OpenID Connect Core §3.1.3.7).
       *
       *     `sender_certificate_changed`: The token is bound to a certificate that we no longer show (RFC 8705 §3).
       *
       *     `fdx_request_rejected`: The FDX API rejected our request.
       *
       *     `fdx_response_invalid`: The FDX API answered with something we cannot read.
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_client_rejected'
              | 'as_request_rejected'
              | 'as_response_invalid'
              | 'id_token_invalid'
              | 'sender_certificate_changed'
              | 'fdx_request_rejected'
              | 'fdx_response_invalid';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `institution_paused`: An operator has paused this institution.
       *
       *     `as_keys_unreachable`: The signature keys of the authorization server cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `signing_unavailable`: The key that would sign cannot be used right now.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `institution_busy`: Too many requests to this institution are under way.
       *
       *     `fdx_unreachable`: The FDX API cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'store_unavailable'
              | 'issuer_unavailable'
              | 'institution_paused'
              | 'as_keys_unreachable'
              | 'as_unreachable'
              | 'signing_unavailable'
              | 'vault_unavailable'
              | 'engine_unavailable'
              | 'institution_busy'
              | 'fdx_unreachable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getPaymentNetworks: {
    parameters: {
      query?: {
        limit?: string;
        cursor?: string;
      };
      header?: {
        /** @description A UUID to follow the request by, at the bank too. Anything else is replaced by one of ours. */
        'x-fapi-interaction-id'?: string;
        /** @description USER when the person is there: banks count and limit the two apart. */
        'FDX-API-Actor-Type'?: 'USER' | 'BATCH';
      };
      path: {
        /** @description The consent. */
        consentId: string;
        /** @description The bank's id of the account. */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bank's document. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxPaymentNetworks'];
        };
      };
      /** @description A part of it, where the bank has no more. */
      206: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxPaymentNetworks'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `cursor_invalid`: This cursor is not one of ours, belongs to another request, or is too old.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'cursor_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       *
       *     `cluster_not_granted`: The person did not grant this data.
       *
       *     `account_not_granted`: The person did not grant this account.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing' | 'cluster_not_granted' | 'account_not_granted';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `data_not_found`: The bank has no such data.
       *
       *     `data_not_offered`: The bank does not offer this kind of data.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'data_not_found' | 'data_not_offered';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `representation_unavailable`: The bank does not have the document in this form. */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'representation_unavailable';
            /** @constant */
            status: 406;
          };
        };
      };
      /**
       * @description `consent_not_connected`: Nobody has authorized this consent yet.
       *
       *     `consent_ended`: This consent has ended.
       *
       *     `reauthorization_needed`: The bank no longer honours the grant of this consent.
       *
       *     `grant_in_doubt`: The bank refuses data that it granted.
       *
       *     `account_closed`: The account is closed.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'consent_not_connected'
              | 'consent_ended'
              | 'reauthorization_needed'
              | 'grant_in_doubt'
              | 'account_closed';
            /** @constant */
            status: 409;
          };
        };
      };
      /**
       * @description `lookback_exceeded`: The grant does not reach that far back.
       *
       *     `data_request_refused`: The bank does not take these parameters.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'lookback_exceeded' | 'data_request_refused';
            /** @constant */
            status: 422;
          };
        };
      };
      /**
       * @description `rate_limited`: This application asks more often than it may.
       *
       *     `fdx_rate_limited`: The FDX API asks us to slow down.
       */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited' | 'fdx_rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_client_rejected`: The authorization server rejected our client.
       *
       *     `as_request_rejected`: The authorization server rejected our request.
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       *
       *     `id_token_invalid`: The ID token did not pass validation (OpenID Connect Core §3.1.3.7).
       *
       *     `sender_certificate_changed`: The token is bound to a certificate that we no longer show (RFC 8705 §3).
       *
       *     `fdx_request_rejected`: The FDX API rejected our request.
       *
       *     `fdx_response_invalid`: The FDX API answered with something we cannot read.
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_client_rejected'
              | 'as_request_rejected'
              | 'as_response_invalid'
              | 'id_token_invalid'
              | 'sender_certificate_changed'
              | 'fdx_request_rejected'
              | 'fdx_response_invalid';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `institution_paused`: An operator has paused this institution.
       *
       *     `as_keys_unreachable`: The signature keys of the authorization server cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `signing_unavailable`: The key that would sign cannot be used right now.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `institution_busy`: Too many requests to this institution are under way.
       *
       *     `fdx_unreachable`: The FDX API cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'store_unavailable'
              | 'issuer_unavailable'
              | 'institution_paused'
              | 'as_keys_unreachable'
              | 'as_unreachable'
              | 'signing_unavailable'
              | 'vault_unavailable'
              | 'engine_unavailable'
              | 'institution_busy'
              | 'fdx_unreachable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getStatements: {
    parameters: {
      query?: {
        startTime?: string;
        endTime?: string;
        limit?: string;
        cursor?: string;
      };
      header?: {
        /** @description A UUID to follow the request by, at the bank too. Anything else is replaced by one of ours. */
        'x-fapi-interaction-id'?: string;
        /** @description USER when the person is there: banks count and limit the two apart. */
        'FDX-API-Actor-Type'?: 'USER' | 'BATCH';
      };
      path: {
        /** @description The consent. */
        consentId: string;
        /** @description The bank's id of the account. */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bank's document. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxStatements'];
        };
      };
      /** @description A part of it, where the bank has no more. */
      206: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxStatements'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `cursor_invalid`: This cursor is not one of ours, belongs to another request, or is too old.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'cursor_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       *
       *     `cluster_not_granted`: The person did not grant this data.
       *
       *     `account_not_granted`: The person did not grant this account.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing' | 'cluster_not_granted' | 'account_not_granted';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `data_not_found`: The bank has no such data.
       *
       *     `data_not_offered`: The bank does not offer this kind of data.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'data_not_found' | 'data_not_offered';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `representation_unavailable`: The bank does not have the document in this form. */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'representation_unavailable';
            /** @constant */
            status: 406;
          };
        };
      };
      /**
       * @description `consent_not_connected`: Nobody has authorized this consent yet.
       *
       *     `consent_ended`: This consent has ended.
       *
       *     `reauthorization_needed`: The bank no longer honours the grant of this consent.
       *
       *     `grant_in_doubt`: The bank refuses data that it granted.
       *
       *     `account_closed`: The account is closed.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'consent_not_connected'
              | 'consent_ended'
              | 'reauthorization_needed'
              | 'grant_in_doubt'
              | 'account_closed';
            /** @constant */
            status: 409;
          };
        };
      };
      /**
       * @description `lookback_exceeded`: The grant does not reach that far back.
       *
       *     `data_request_refused`: The bank does not take these parameters.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'lookback_exceeded' | 'data_request_refused';
            /** @constant */
            status: 422;
          };
        };
      };
      /**
       * @description `rate_limited`: This application asks more often than it may.
       *
       *     `fdx_rate_limited`: The FDX API asks us to slow down.
       */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited' | 'fdx_rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_client_rejected`: The authorization server rejected our client.
       *
       *     `as_request_rejected`: The authorization server rejected our request.
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       *
       *     `id_token_invalid`: The ID token did not pass validation (OpenID Connect Core §3.1.3.7).
       *
       *     `sender_certificate_changed`: The token is bound to a certificate that we no longer show (RFC 8705 §3).
       *
       *     `fdx_request_rejected`: The FDX API rejected our request.
       *
       *     `fdx_response_invalid`: The FDX API answered with something we cannot read.
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_client_rejected'
              | 'as_request_rejected'
              | 'as_response_invalid'
              | 'id_token_invalid'
              | 'sender_certificate_changed'
              | 'fdx_request_rejected'
              | 'fdx_response_invalid';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `institution_paused`: An operator has paused this institution.
       *
       *     `as_keys_unreachable`: The signature keys of the authorization server cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `signing_unavailable`: The key that would sign cannot be used right now.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `institution_busy`: Too many requests to this institution are under way.
       *
       *     `fdx_unreachable`: The FDX API cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'store_unavailable'
              | 'issuer_unavailable'
              | 'institution_paused'
              | 'as_keys_unreachable'
              | 'as_unreachable'
              | 'signing_unavailable'
              | 'vault_unavailable'
              | 'engine_unavailable'
              | 'institution_busy'
              | 'fdx_unreachable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getStatement: {
    parameters: {
      query?: never;
      header?: {
        /** @description A UUID to follow the request by, at the bank too. Anything else is replaced by one of ours. */
        'x-fapi-interaction-id'?: string;
        /** @description USER when the person is there: banks count and limit the two apart. */
        'FDX-API-Actor-Type'?: 'USER' | 'BATCH';
      };
      path: {
        /** @description The consent. */
        consentId: string;
        /** @description The bank's id of the account. */
        accountId: string;
        /** @description The bank's id of the statement. */
        statementId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file as the bank has it, in the form it has. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          /** @description Always `attachment`. */
          'Content-Disposition': string;
          [name: string]: unknown;
        };
        content: {
          '*/*': string;
        };
      };
      /** @description A part of it, where the bank has no more. */
      206: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          /** @description Always `attachment`. */
          'Content-Disposition': string;
          [name: string]: unknown;
        };
        content: {
          '*/*': string;
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `cursor_invalid`: This cursor is not one of ours, belongs to another request, or is too old.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'cursor_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       *
       *     `cluster_not_granted`: The person did not grant this data.
       *
       *     `account_not_granted`: The person did not grant this account.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing' | 'cluster_not_granted' | 'account_not_granted';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `data_not_found`: The bank has no such data.
       *
       *     `data_not_offered`: The bank does not offer this kind of data.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'data_not_found' | 'data_not_offered';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `representation_unavailable`: The bank does not have the document in this form. */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'representation_unavailable';
            /** @constant */
            status: 406;
          };
        };
      };
      /**
       * @description `consent_not_connected`: Nobody has authorized this consent yet.
       *
       *     `consent_ended`: This consent has ended.
       *
       *     `reauthorization_needed`: The bank no longer honours the grant of this consent.
       *
       *     `grant_in_doubt`: The bank refuses data that it granted.
       *
       *     `account_closed`: The account is closed.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'consent_not_connected'
              | 'consent_ended'
              | 'reauthorization_needed'
              | 'grant_in_doubt'
              | 'account_closed';
            /** @constant */
            status: 409;
          };
        };
      };
      /**
       * @description `lookback_exceeded`: The grant does not reach that far back.
       *
       *     `data_request_refused`: The bank does not take these parameters.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'lookback_exceeded' | 'data_request_refused';
            /** @constant */
            status: 422;
          };
        };
      };
      /**
       * @description `rate_limited`: This application asks more often than it may.
       *
       *     `fdx_rate_limited`: The FDX API asks us to slow down.
       */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited' | 'fdx_rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_client_rejected`: The authorization server rejected our client.
       *
       *     `as_request_rejected`: The authorization server rejected our request.
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       *
       *     `id_token_invalid`: The ID token did not pass validation (OpenID Connect Core §3.1.3.7).
       *
       *     `sender_certificate_changed`: The token is bound to a certificate that we no longer show (RFC 8705 §3).
       *
       *     `fdx_request_rejected`: The FDX API rejected our request.
       *
       *     `fdx_response_invalid`: The FDX API answered with something we cannot read.
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_client_rejected'
              | 'as_request_rejected'
              | 'as_response_invalid'
              | 'id_token_invalid'
              | 'sender_certificate_changed'
              | 'fdx_request_rejected'
              | 'fdx_response_invalid';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `institution_paused`: An operator has paused this institution.
       *
       *     `as_keys_unreachable`: The signature keys of the authorization server cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `signing_unavailable`: The key that would sign cannot be used right now.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `institution_busy`: Too many requests to this institution are under way.
       *
       *     `fdx_unreachable`: The FDX API cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'store_unavailable'
              | 'issuer_unavailable'
              | 'institution_paused'
              | 'as_keys_unreachable'
              | 'as_unreachable'
              | 'signing_unavailable'
              | 'vault_unavailable'
              | 'engine_unavailable'
              | 'institution_busy'
              | 'fdx_unreachable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getTransactions: {
    parameters: {
      query?: {
        startTime?: string;
        endTime?: string;
        limit?: string;
        cursor?: string;
      };
      header?: {
        /** @description A UUID to follow the request by, at the bank too. Anything else is replaced by one of ours. */
        'x-fapi-interaction-id'?: string;
        /** @description USER when the person is there: banks count and limit the two apart. */
        'FDX-API-Actor-Type'?: 'USER' | 'BATCH';
      };
      path: {
        /** @description The consent. */
        consentId: string;
        /** @description The bank's id of the account. */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bank's document. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxTransactions'];
        };
      };
      /** @description A part of it, where the bank has no more. */
      206: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxTransactions'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `cursor_invalid`: This cursor is not one of ours, belongs to another request, or is too old.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'cursor_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       *
       *     `cluster_not_granted`: The person did not grant this data.
       *
       *     `account_not_granted`: The person did not grant this account.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing' | 'cluster_not_granted' | 'account_not_granted';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `data_not_found`: The bank has no such data.
       *
       *     `data_not_offered`: The bank does not offer this kind of data.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'data_not_found' | 'data_not_offered';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `representation_unavailable`: The bank does not have the document in this form. */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'representation_unavailable';
            /** @constant */
            status: 406;
          };
        };
      };
      /**
       * @description `consent_not_connected`: Nobody has authorized this consent yet.
       *
       *     `consent_ended`: This consent has ended.
       *
       *     `reauthorization_needed`: The bank no longer honours the grant of this consent.
       *
       *     `grant_in_doubt`: The bank refuses data that it granted.
       *
       *     `account_closed`: The account is closed.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'consent_not_connected'
              | 'consent_ended'
              | 'reauthorization_needed'
              | 'grant_in_doubt'
              | 'account_closed';
            /** @constant */
            status: 409;
          };
        };
      };
      /**
       * @description `lookback_exceeded`: The grant does not reach that far back.
       *
       *     `data_request_refused`: The bank does not take these parameters.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'lookback_exceeded' | 'data_request_refused';
            /** @constant */
            status: 422;
          };
        };
      };
      /**
       * @description `rate_limited`: This application asks more often than it may.
       *
       *     `fdx_rate_limited`: The FDX API asks us to slow down.
       */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited' | 'fdx_rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_client_rejected`: The authorization server rejected our client.
       *
       *     `as_request_rejected`: The authorization server rejected our request.
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       *
       *     `id_token_invalid`: The ID token did not pass validation (OpenID Connect Core §3.1.3.7).
       *
       *     `sender_certificate_changed`: The token is bound to a certificate that we no longer show (RFC 8705 §3).
       *
       *     `fdx_request_rejected`: The FDX API rejected our request.
       *
       *     `fdx_response_invalid`: The FDX API answered with something we cannot read.
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_client_rejected'
              | 'as_request_rejected'
              | 'as_response_invalid'
              | 'id_token_invalid'
              | 'sender_certificate_changed'
              | 'fdx_request_rejected'
              | 'fdx_response_invalid';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `institution_paused`: An operator has paused this institution.
       *
       *     `as_keys_unreachable`: The signature keys of the authorization server cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `signing_unavailable`: The key that would sign cannot be used right now.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `institution_busy`: Too many requests to this institution are under way.
       *
       *     `fdx_unreachable`: The FDX API cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'store_unavailable'
              | 'issuer_unavailable'
              | 'institution_paused'
              | 'as_keys_unreachable'
              | 'as_unreachable'
              | 'signing_unavailable'
              | 'vault_unavailable'
              | 'engine_unavailable'
              | 'institution_busy'
              | 'fdx_unreachable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getCustomer: {
    parameters: {
      query?: never;
      header?: {
        /** @description A UUID to follow the request by, at the bank too. Anything else is replaced by one of ours. */
        'x-fapi-interaction-id'?: string;
        /** @description USER when the person is there: banks count and limit the two apart. */
        'FDX-API-Actor-Type'?: 'USER' | 'BATCH';
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bank's document. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxCustomer'];
        };
      };
      /** @description A part of it, where the bank has no more. */
      206: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FdxCustomer'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `cursor_invalid`: This cursor is not one of ours, belongs to another request, or is too old.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'cursor_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       *
       *     `cluster_not_granted`: The person did not grant this data.
       *
       *     `account_not_granted`: The person did not grant this account.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing' | 'cluster_not_granted' | 'account_not_granted';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `data_not_found`: The bank has no such data.
       *
       *     `data_not_offered`: The bank does not offer this kind of data.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'data_not_found' | 'data_not_offered';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `representation_unavailable`: The bank does not have the document in this form. */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'representation_unavailable';
            /** @constant */
            status: 406;
          };
        };
      };
      /**
       * @description `consent_not_connected`: Nobody has authorized this consent yet.
       *
       *     `consent_ended`: This consent has ended.
       *
       *     `reauthorization_needed`: The bank no longer honours the grant of this consent.
       *
       *     `grant_in_doubt`: The bank refuses data that it granted.
       *
       *     `account_closed`: The account is closed.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'consent_not_connected'
              | 'consent_ended'
              | 'reauthorization_needed'
              | 'grant_in_doubt'
              | 'account_closed';
            /** @constant */
            status: 409;
          };
        };
      };
      /**
       * @description `lookback_exceeded`: The grant does not reach that far back.
       *
       *     `data_request_refused`: The bank does not take these parameters.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'lookback_exceeded' | 'data_request_refused';
            /** @constant */
            status: 422;
          };
        };
      };
      /**
       * @description `rate_limited`: This application asks more often than it may.
       *
       *     `fdx_rate_limited`: The FDX API asks us to slow down.
       */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited' | 'fdx_rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_client_rejected`: The authorization server rejected our client.
       *
       *     `as_request_rejected`: The authorization server rejected our request.
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       *
       *     `id_token_invalid`: The ID token did not pass validation (OpenID Connect Core §3.1.3.7).
       *
       *     `sender_certificate_changed`: The token is bound to a certificate that we no longer show (RFC 8705 §3).
       *
       *     `fdx_request_rejected`: The FDX API rejected our request.
       *
       *     `fdx_response_invalid`: The FDX API answered with something we cannot read.
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_client_rejected'
              | 'as_request_rejected'
              | 'as_response_invalid'
              | 'id_token_invalid'
              | 'sender_certificate_changed'
              | 'fdx_request_rejected'
              | 'fdx_response_invalid';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `institution_paused`: An operator has paused this institution.
       *
       *     `as_keys_unreachable`: The signature keys of the authorization server cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `signing_unavailable`: The key that would sign cannot be used right now.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `institution_busy`: Too many requests to this institution are under way.
       *
       *     `fdx_unreachable`: The FDX API cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'store_unavailable'
              | 'issuer_unavailable'
              | 'institution_paused'
              | 'as_keys_unreachable'
              | 'as_unreachable'
              | 'signing_unavailable'
              | 'vault_unavailable'
              | 'engine_unavailable'
              | 'institution_busy'
              | 'fdx_unreachable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  createDelegatedCall: {
    parameters: {
      query?: never;
      header?: {
        /** @description A UUID to follow the request by, at the bank too. Anything else is replaced by one of ours. */
        'x-fapi-interaction-id'?: string;
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DelegatedCallRequest'];
      };
    };
    responses: {
      /** @description The request, with all that opens it. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          /** @description The id of the interaction, as the bank knows it; also on failures once the request was read. */
          'x-fapi-interaction-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DelegatedCall'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       *
       *     `cursor_invalid`: This cursor is not one of ours, belongs to another request, or is too old.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid' | 'cursor_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       *
       *     `delegation_not_allowed`: This application may not call banks itself.
       *
       *     `cluster_not_granted`: The person did not grant this data.
       *
       *     `account_not_granted`: The person did not grant this account.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              'forbidden' | 'scope_missing' | 'delegation_not_allowed' | 'cluster_not_granted' | 'account_not_granted';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       *
       *     `delegation_not_possible`: The tokens of this grant are bound to our certificate.
       *
       *     `consent_not_connected`: Nobody has authorized this consent yet.
       *
       *     `consent_ended`: This consent has ended.
       *
       *     `reauthorization_needed`: The bank no longer honours the grant of this consent.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'idempotency_key_reused'
              | 'idempotency_in_progress'
              | 'delegation_not_possible'
              | 'consent_not_connected'
              | 'consent_ended'
              | 'reauthorization_needed';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `lookback_exceeded`: The grant does not reach that far back. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'lookback_exceeded';
            /** @constant */
            status: 422;
          };
        };
      };
      /**
       * @description `rate_limited`: This application asks more often than it may.
       *
       *     `fdx_rate_limited`: The FDX API asks us to slow down.
       */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited' | 'fdx_rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_client_rejected`: The authorization server rejected our client.
       *
       *     `as_request_rejected`: The authorization server rejected our request.
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       *
       *     `id_token_invalid`: The ID token did not pass validation (OpenID Connect Core §3.1.3.7).
       *
       *     `sender_certificate_changed`: The token is bound to a certificate that we no longer show (RFC 8705 §3).
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_client_rejected'
              | 'as_request_rejected'
              | 'as_response_invalid'
              | 'id_token_invalid'
              | 'sender_certificate_changed';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `institution_paused`: An operator has paused this institution.
       *
       *     `as_keys_unreachable`: The signature keys of the authorization server cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `signing_unavailable`: The key that would sign cannot be used right now.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `fdx_unreachable`: The FDX API cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'store_unavailable'
              | 'issuer_unavailable'
              | 'institution_paused'
              | 'as_keys_unreachable'
              | 'as_unreachable'
              | 'signing_unavailable'
              | 'vault_unavailable'
              | 'engine_unavailable'
              | 'fdx_unreachable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listEvents: {
    parameters: {
      query?: {
        /** @description Types, or all of a kind (`consent.*`): several separated by commas, or as a parameter that comes several times. */
        type?:
          | (
              | 'consent.requested'
              | 'consent.authorizing'
              | 'consent.active'
              | 'consent.renewed'
              | 'consent.updated'
              | 'consent.denied'
              | 'consent.abandoned'
              | 'consent.failed'
              | 'consent.expired'
              | 'consent.revoked'
              | 'consent.purged'
              | 'revocation.requested'
              | 'invitation.opened'
              | 'invitation.closed'
              | 'notice.given'
              | 'receipt.issued'
              | 'consent.*'
              | 'revocation.*'
              | 'invitation.*'
              | 'notice.*'
              | 'receipt.*'
            )
          | (
              | 'consent.requested'
              | 'consent.authorizing'
              | 'consent.active'
              | 'consent.renewed'
              | 'consent.updated'
              | 'consent.denied'
              | 'consent.abandoned'
              | 'consent.failed'
              | 'consent.expired'
              | 'consent.revoked'
              | 'consent.purged'
              | 'revocation.requested'
              | 'invitation.opened'
              | 'invitation.closed'
              | 'notice.given'
              | 'receipt.issued'
              | 'consent.*'
              | 'revocation.*'
              | 'invitation.*'
              | 'notice.*'
              | 'receipt.*'
            )[];
        /** @description Of this consent alone. */
        consentId?: string;
        /** @description Not before (RFC 3339). */
        from?: string;
        /** @description Go on from there. */
        cursor?: string;
        /** @description Before (RFC 3339). */
        to?: string;
        limit?: number;
      };
      header?: {
        /** @description `wait=N`: answered once there is something to say, or after N seconds, 60 at most (RFC 7240). */
        Prefer?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of events. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventPage'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `prefer_invalid`: The Prefer header cannot be read.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'prefer_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `event_position_gone`: Events from there on are no longer kept. */
      410: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'event_position_gone';
            /** @constant */
            status: 410;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  streamEvents: {
    parameters: {
      query?: {
        /** @description Types, or all of a kind (`consent.*`): several separated by commas, or as a parameter that comes several times. */
        type?:
          | (
              | 'consent.requested'
              | 'consent.authorizing'
              | 'consent.active'
              | 'consent.renewed'
              | 'consent.updated'
              | 'consent.denied'
              | 'consent.abandoned'
              | 'consent.failed'
              | 'consent.expired'
              | 'consent.revoked'
              | 'consent.purged'
              | 'revocation.requested'
              | 'invitation.opened'
              | 'invitation.closed'
              | 'notice.given'
              | 'receipt.issued'
              | 'consent.*'
              | 'revocation.*'
              | 'invitation.*'
              | 'notice.*'
              | 'receipt.*'
            )
          | (
              | 'consent.requested'
              | 'consent.authorizing'
              | 'consent.active'
              | 'consent.renewed'
              | 'consent.updated'
              | 'consent.denied'
              | 'consent.abandoned'
              | 'consent.failed'
              | 'consent.expired'
              | 'consent.revoked'
              | 'consent.purged'
              | 'revocation.requested'
              | 'invitation.opened'
              | 'invitation.closed'
              | 'notice.given'
              | 'receipt.issued'
              | 'consent.*'
              | 'revocation.*'
              | 'invitation.*'
              | 'notice.*'
              | 'receipt.*'
            )[];
        /** @description Of this consent alone. */
        consentId?: string;
        /** @description Not before (RFC 3339). Without it and without a cursor: from now on. */
        from?: string;
        /** @description Go on from there. */
        cursor?: string;
      };
      header?: {
        /** @description The `id` of the last event that you have. Counts before `cursor`. */
        'Last-Event-ID'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A stream without an end (WHATWG HTML §9.2). */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `not_acceptable`: This address has nothing in the form that is asked for. */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'not_acceptable';
            /** @constant */
            status: 406;
          };
        };
      };
      /** @description `event_position_gone`: Events from there on are no longer kept. */
      410: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'event_position_gone';
            /** @constant */
            status: 410;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getEvent: {
    parameters: {
      query?: never;
      header?: {
        /** @description Entity tags of what you have (RFC 9110 §13.1.2). */
        'If-None-Match'?: string;
      };
      path: {
        /** @description The event. */
        eventId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The event. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description Of what is answered (RFC 9110 §8.8.3). */
          ETag: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Event'];
        };
      };
      /** @description You have it. */
      304: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description Of what is answered (RFC 9110 §8.8.3). */
          ETag: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `event_not_found`: There is no such event.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'event_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listWebhookEndpoints: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All of them, the oldest first. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointList'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  createWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WebhookEndpointRequest'];
      };
    };
    responses: {
      /** @description Registered. The secret is shown here and nowhere else. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          /** @description Where it can be read. */
          Location: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegisteredWebhookEndpoint'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       *
       *     `webhook_limit_reached`: The application has as many webhook endpoints as it may.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress' | 'webhook_limit_reached';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `webhook_url_refused`: Nothing is sent to this address. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'webhook_url_refused';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it stands. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  deleteWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  updateWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WebhookEndpointChange'];
      };
    };
    responses: {
      /** @description As it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /**
       * @description `webhook_url_refused`: Nothing is sent to this address.
       *
       *     `webhook_challenge_failed`: The endpoint did not answer the challenge.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'webhook_url_refused' | 'webhook_challenge_failed';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listWebhookDeliveries: {
    parameters: {
      query?: {
        status?: 'waiting' | 'delivered' | 'failed';
        type?: string;
        eventId?: string;
        since?: string;
        until?: string;
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of them. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryList'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getWebhookDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
        /** @description The delivery. */
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description With its log. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryLog'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       *
       *     `webhook_delivery_not_found`: There is no such delivery.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found' | 'webhook_delivery_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  retryWebhookDelivery: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
        /** @description The delivery. */
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description It is on its way. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDelivery'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       *
       *     `webhook_delivery_not_found`: There is no such delivery.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found' | 'webhook_delivery_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  pauseWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description As it is now: only an enabled one is paused. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  replayWebhooks: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WebhookReplay'];
      };
    };
    responses: {
      /** @description They are on their way. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookReplayed'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  resumeWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description It is enabled. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `webhook_challenge_failed`: The endpoint did not answer the challenge. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'webhook_challenge_failed';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  rotateWebhookSecret: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['WebhookSecretRotation'];
      };
    };
    responses: {
      /** @description The secret is shown here and nowhere else. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RotatedWebhookSecret'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  testWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description It is on its way: read the delivery. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDelivery'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  verifyWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The webhook endpoint. */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description It has answered. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpoint'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `webhook_endpoint_not_found`: There is no such webhook endpoint.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'webhook_endpoint_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `webhook_challenge_failed`: The endpoint did not answer the challenge. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'webhook_challenge_failed';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listDisclosures: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The disclosures, oldest first. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DisclosureList'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  submitDisclosure: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DisclosureSubmission'];
      };
    };
    responses: {
      /** @description It was handed in before. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Disclosure'];
        };
      };
      /** @description It is recorded. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          /** @description Where it can be read. */
          Location: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Disclosure'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       *
       *     `consent_ended`: This consent has ended.
       *
       *     `disclosure_too_late`: No link waits for an agreement.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress' | 'consent_ended' | 'disclosure_too_late';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable' | 'vault_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listConsentEvents: {
    parameters: {
      query?: {
        type?: string;
        actor?: string;
        from?: string;
        to?: string;
        order?: 'asc' | 'desc';
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of events. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditEventPage'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getLatestReceipt: {
    parameters: {
      query?: never;
      header?: {
        /** @description Entity tags of what you have (RFC 9110 §13.1.2). */
        'If-None-Match'?: string;
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The receipt. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description Of what is answered (RFC 9110 §8.8.3). */
          ETag: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Receipt'];
          'application/jose': string;
        };
      };
      /** @description You have it. */
      304: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description Of what is answered (RFC 9110 §8.8.3). */
          ETag: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       *
       *     `receipt_not_found`: There is no such receipt.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found' | 'receipt_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listReceipts: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of receipts. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceiptPage'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getDisclosure: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The disclosure. */
        disclosureId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The disclosure with the agreement. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Content-Disposition'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WholeDisclosure'];
          'application/pdf': string;
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `disclosure_not_found`: There is no such disclosure.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'disclosure_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable' | 'vault_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  exportConsents: {
    parameters: {
      query: {
        from: string;
        to: string;
        format?: 'csv' | 'ndjson';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description A name for the file. */
          'Content-Disposition': string;
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
          'text/csv; charset=utf-8; header=present': string;
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  exportEvents: {
    parameters: {
      query: {
        from: string;
        to: string;
        format?: 'csv' | 'ndjson';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description A name for the file. */
          'Content-Disposition': string;
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
          'text/csv; charset=utf-8; header=present': string;
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getReceipt: {
    parameters: {
      query?: never;
      header?: {
        /** @description Entity tags of forms that you have (RFC 9110 §13.1.2). */
        'If-None-Match'?: string;
      };
      path: {
        /** @description The receipt. */
        receiptId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The receipt in the form that was asked for. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description Of this form of the receipt. */
          ETag: string;
          'Content-Disposition'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Receipt'];
          'application/jose': string;
          'application/pdf': string;
        };
      };
      /** @description You have it. */
      304: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          /** @description Of this form of the receipt. */
          ETag: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `receipt_not_found`: There is no such receipt.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'receipt_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `not_acceptable`: This address has nothing in the form that is asked for. */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'not_acceptable';
            /** @constant */
            status: 406;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getKantaraReceipt: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The receipt. */
        receiptId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The receipt, with what settings say of us today. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KantaraReceipt'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `receipt_not_found`: There is no such receipt.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'receipt_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `receipt_not_exportable`: The receipt lacks what a Kantara receipt must say. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'receipt_not_exportable';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  receiveNotification: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          notificationId: string;
          type: string;
          notificationPayload?:
            | ({
                id?: string | null;
                idType?: string | null;
              } & {
                [key: string]: unknown;
              })
            | null;
        } & {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description It is kept. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `publisher_unauthenticated`: Nothing shows that this notification comes from an institution. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'publisher_unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'institution_misconfigured' | 'as_metadata_unusable' | 'as_issuer_mismatch';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `as_keys_unreachable`: The signature keys of the authorization server cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'as_keys_unreachable' | 'as_unreachable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listInstitutions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All of them. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstitutionList'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `unauthenticated`: No valid API key was given.
       *
       *     `token_invalid`: The access token is not one that is accepted here.
       */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated' | 'token_invalid';
            /** @constant */
            status: 401;
          };
        };
      };
      /**
       * @description `forbidden`: This API key may not do that.
       *
       *     `scope_missing`: This key has not the scope that the operation needs.
       */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden' | 'scope_missing';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `issuer_unavailable`: The keys of the access token’s issuer cannot be read.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Policy'?: string;
          RateLimit?: string;
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'issuer_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  putInstitution: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The institution, by the id of its profile. */
        institutionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['InstitutionProfile'];
      };
    };
    responses: {
      /** @description The profile as it is stored. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StoredInstitutionProfile'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `route_not_found`: There is nothing at this address. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `institution_invalid`: The institution profile is not valid. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'institution_invalid';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  pauseInstitution: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The institution, by the id of its profile. */
        institutionId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          reason?: string;
        };
      };
    };
    responses: {
      /** @description The institution, paused. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OperatedInstitution'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `route_not_found`: There is nothing at this address. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `institution_unknown`: There is no such institution. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'institution_unknown';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getRegistration: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The institution, by the id of its profile. */
        institutionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The registration. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Registration'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `registration_not_found`: There is no registration at this institution.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'registration_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  updateRegistration: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The institution, by the id of its profile. */
        institutionId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json':
          | Record<string, never>
          | {
              id: string;
              name: string;
              /** Format: uri */
              issuer: string;
              /**
               * @default oidc
               * @enum {string}
               */
              discovery?: 'oidc' | 'oauth2';
              party?: {
                /** Format: uri */
                homeUri?: string;
                registryReferences?: {
                  /**
                   * @description The kind of register, as FDX names it.
                   * @enum {string}
                   */
                  registry: 'FDX' | 'GLEIF' | 'ICANN' | 'PRIVATE';
                  /** @description The name that the party has there. */
                  registeredEntityName: string;
                  /** @description The id that the party has there. */
                  registeredEntityId: string;
                }[];
              };
              /**
               * @default {
               *       "method": "private_key_jwt",
               *       "algorithm": "PS256"
               *     }
               */
              clientAuthentication?: {
                /**
                 * @default private_key_jwt
                 * @enum {string}
                 */
                method?: 'private_key_jwt' | 'tls_client_auth' | 'self_signed_tls_client_auth';
                /** @enum {string} */
                algorithm?: 'PS256' | 'ES256' | 'EdDSA';
                audience?: string;
              };
              /**
               * @default {
               *       "method": "dpop",
               *       "algorithm": "ES256"
               *     }
               */
              senderConstraint?: {
                /**
                 * @default dpop
                 * @enum {string}
                 */
                method?: 'dpop' | 'mtls';
                /** @enum {string} */
                algorithm?: 'PS256' | 'ES256' | 'EdDSA';
              };
              clientCertificate?: {
                certificateFile: string;
                keyFile: string;
              };
              /** @default 30 */
              clockToleranceSeconds?: number;
              /** @default false */
              openid?: boolean;
              /**
               * @default PS256
               * @enum {string}
               */
              idTokenSignedResponseAlg?: 'PS256' | 'ES256' | 'EdDSA';
              /**
               * @default query
               * @enum {string}
               */
              responseMode?: 'query' | 'jwt';
              /**
               * @default PS256
               * @enum {string}
               */
              authorizationSignedResponseAlg?: 'PS256' | 'ES256' | 'EdDSA';
              /** @default {} */
              request?: {
                /** @default false */
                signed?: boolean;
                /** @enum {string} */
                signingAlgorithm?: 'PS256' | 'ES256' | 'EdDSA';
                /**
                 * @default authorization_details
                 * @enum {string}
                 */
                form?: 'authorization_details' | 'scope';
                /** @default true */
                offlineAccess?: boolean;
                /** @default [] */
                extraScopes?: string[];
                /** @default {} */
                clusterScopes?: {
                  [key: string]: string[];
                };
                /** @default true */
                scopesWithDetails?: boolean;
                /** @default {} */
                extraParameters?: {
                  [key: string]: string;
                };
                /** @constant */
                grantManagementAction?: 'create';
              };
              fdx: {
                /** Format: uri */
                baseUrl: string;
                /** @default {} */
                consents?: {
                  /**
                   * @default consent_api
                   * @enum {string}
                   */
                  source?: 'consent_api' | 'token_response';
                  /**
                   * @default user_token
                   * @enum {string}
                   */
                  credential?: 'user_token' | 'client_credentials' | 'basic';
                  basic?: {
                    username: string;
                    passwordFile: string;
                  };
                  /**
                   * @default token_response
                   * @enum {string}
                   */
                  idSource?: 'token_response' | 'introspection';
                  scope?: string;
                  /** Format: uri */
                  baseUrl?: string;
                };
                /** @enum {string} */
                resultType?: 'lightweight' | 'details';
                dataProviderId?: string;
                /** @default 16 */
                maxConcurrentRequests?: number;
              };
              /** @default {} */
              notifications?: {
                /**
                 * @default none
                 * @enum {string}
                 */
                mode?: 'none' | 'subscribe' | 'poll';
                /**
                 * @default [
                 *       "CONSENT_REVOKED",
                 *       "CONSENT_UPDATED"
                 *     ]
                 */
                types?: string[];
                /** Format: uri */
                jwksUri?: string;
                certificateThumbprints?: string[];
                /** @default fdx:notifications:subscribe */
                scope?: string;
                /** Format: uri */
                baseUrl?: string;
              };
              /** @default {} */
              tokens?: {
                keepAliveDays?: number;
              };
              /** @default {} */
              reconcile?: {
                /** @default 24 */
                everyHours?: number;
                /** @default 60 */
                maxPerMinute?: number;
              };
              caFile?: string;
              /** @default false */
              allowPrivateAddresses?: boolean;
              registration: {
                /** Format: uri */
                endpoint?: string;
                dataClusters?: (
                  | 'ACCOUNT_BASIC'
                  | 'ACCOUNT_DETAILED'
                  | 'ACCOUNT_PAYMENTS'
                  | 'BALANCES'
                  | 'BILLS'
                  | 'CUSTOMER_CONTACT'
                  | 'CUSTOMER_PERSONAL'
                  | 'IMAGES'
                  | 'INVESTMENTS'
                  | 'NOTIFICATIONS'
                  | 'PAYMENT_SUPPORT'
                  | 'REWARDS'
                  | 'SCHEDULED_PAYMENTS'
                  | 'SOCIAL_SECURITY_NUMBER'
                  | 'STATEMENTS'
                  | 'TAX'
                  | 'TERMS_AND_CONDITIONS'
                  | 'TRANSACTIONS'
                  | 'TRANSFERS'
                )[];
                metadata: {
                  client_name: string;
                  description?: string;
                  /** Format: uri */
                  client_uri?: string;
                  /** Format: uri */
                  logo_uri?: string;
                  /** Format: uri */
                  policy_uri?: string;
                  /** Format: uri */
                  tos_uri?: string;
                  contacts?: string[];
                  scope?: string;
                  duration_type?: ('ONE_TIME' | 'PERSISTENT' | 'TIME_BOUND')[];
                  duration_period?: number;
                  lookback_period?: number;
                  registry_references?: {
                    registered_entity_name: string;
                    registered_entity_id: string;
                    /** @enum {string} */
                    registry: 'FDX' | 'GLEIF' | 'ICANN' | 'PRIVATE';
                  }[];
                  intermediaries?: {
                    name: string;
                    description?: string;
                    /** Format: uri */
                    uri?: string;
                    /** Format: uri */
                    logo_uri?: string;
                    contacts?: string[];
                    registry_references?: {
                      registered_entity_name: string;
                      registered_entity_id: string;
                      /** @enum {string} */
                      registry: 'FDX' | 'GLEIF' | 'ICANN' | 'PRIVATE';
                    }[];
                  }[];
                  software_id?: string;
                  software_version?: string;
                  tls_client_auth_subject_dn?: string;
                  tls_client_auth_san_dns?: string;
                  tls_client_auth_san_uri?: string;
                };
              };
            };
      };
    };
    responses: {
      /** @description What became of it. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegistrationOutcome'];
        };
      };
      /** @description It goes on: read the registration to see how it stands. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegistrationOutcome'];
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'registration_unknown';
            /** @constant */
            status: 202;
          };
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `registration_not_found`: There is no registration at this institution.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'registration_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `registration_busy`: Another operation on this registration is under way. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'registration_busy';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /**
       * @description `institution_invalid`: The institution profile is not valid.
       *
       *     `institution_unknown`: There is no such institution.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'institution_invalid' | 'institution_unknown';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `registration_refused`: The bank refused the registration request.
       *
       *     `registration_weakened`: The bank registered us on weaker terms than asked; they are not used.
       *
       *     `registration_token_rejected`: The bank does not accept our registration access token, or no longer knows the client.
       *
       *     `registration_unmanaged`: The bank gave no means to manage this registration (RFC 7592).
       *
       *     `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'registration_refused'
              | 'registration_weakened'
              | 'registration_token_rejected'
              | 'registration_unmanaged'
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_response_invalid';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `step_timed_out`: A step took longer than it may.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              'store_unavailable' | 'as_unreachable' | 'engine_unavailable' | 'vault_unavailable' | 'step_timed_out';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  createRegistration: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The institution, by the id of its profile. */
        institutionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegistrationFile'];
      };
    };
    responses: {
      /** @description What became of it. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegistrationOutcome'];
        };
      };
      /** @description It goes on: read the registration to see how it stands. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegistrationOutcome'];
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'registration_unknown';
            /** @constant */
            status: 202;
          };
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `route_not_found`: There is nothing at this address. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       *
       *     `registration_busy`: Another operation on this registration is under way.
       *
       *     `registration_exists`: There is a client at this institution already.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress' | 'registration_busy' | 'registration_exists';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /**
       * @description `institution_invalid`: The institution profile is not valid.
       *
       *     `institution_unknown`: There is no such institution.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'institution_invalid' | 'institution_unknown';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `registration_refused`: The bank refused the registration request.
       *
       *     `registration_weakened`: The bank registered us on weaker terms than asked; they are not used.
       *
       *     `registration_token_rejected`: The bank does not accept our registration access token, or no longer knows the client.
       *
       *     `registration_unmanaged`: The bank gave no means to manage this registration (RFC 7592).
       *
       *     `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'registration_refused'
              | 'registration_weakened'
              | 'registration_token_rejected'
              | 'registration_unmanaged'
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_response_invalid';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `step_timed_out`: A step took longer than it may.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              'store_unavailable' | 'as_unreachable' | 'engine_unavailable' | 'vault_unavailable' | 'step_timed_out';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  deleteRegistration: {
    parameters: {
      query?: {
        /** @description Although consents there have not ended, and although the bank may not do its part. */
        force?: 'true' | 'false';
      };
      header?: never;
      path: {
        /** @description The institution, by the id of its profile. */
        institutionId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description What became of it. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegistrationOutcome'];
        };
      };
      /** @description It goes on: read the registration to see how it stands. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegistrationOutcome'];
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'registration_unknown';
            /** @constant */
            status: 202;
          };
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `registration_not_found`: There is no registration at this institution.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'registration_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `registration_busy`: Another operation on this registration is under way.
       *
       *     `registration_in_use`: Consents at this institution have not ended.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'registration_busy' | 'registration_in_use';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /**
       * @description `institution_invalid`: The institution profile is not valid.
       *
       *     `institution_unknown`: There is no such institution.
       */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'institution_invalid' | 'institution_unknown';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `registration_refused`: The bank refused the registration request.
       *
       *     `registration_weakened`: The bank registered us on weaker terms than asked; they are not used.
       *
       *     `registration_token_rejected`: The bank does not accept our registration access token, or no longer knows the client.
       *
       *     `registration_unmanaged`: The bank gave no means to manage this registration (RFC 7592).
       *
       *     `institution_misconfigured`: This institution cannot be used as it is configured.
       *
       *     `as_metadata_unusable`: The authorization server metadata cannot be used.
       *
       *     `as_issuer_mismatch`: The metadata names another issuer than configured (RFC 8414 §3.3).
       *
       *     `as_response_invalid`: The authorization server answered with something its standards do not allow.
       */
      502: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'registration_refused'
              | 'registration_weakened'
              | 'registration_token_rejected'
              | 'registration_unmanaged'
              | 'institution_misconfigured'
              | 'as_metadata_unusable'
              | 'as_issuer_mismatch'
              | 'as_response_invalid';
            /** @constant */
            status: 502;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `as_unreachable`: The authorization server cannot be reached.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       *
       *     `step_timed_out`: A step took longer than it may.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              'store_unavailable' | 'as_unreachable' | 'engine_unavailable' | 'vault_unavailable' | 'step_timed_out';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  resumeInstitution: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The institution, by the id of its profile. */
        institutionId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description Work goes on. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResumedInstitution'];
        };
      };
      /** @description Work goes on, and waking goes on without the caller. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResumedInstitution'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `route_not_found`: There is nothing at this address. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `institution_unknown`: There is no such institution. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'institution_unknown';
            /** @constant */
            status: 422;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'engine_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listApplications: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The applications. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApplicationList'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  createApplication: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          id: string;
          name: string;
          /**
           * @description Where people may be sent back to, exactly.
           * @default []
           */
          returnUrls?: string[];
          /**
           * @description Whether it may carry single requests to banks itself: docs/delegated-calls.md.
           * @default false
           */
          mayDelegate?: boolean;
          /** @description That each API process takes from it; without it, as many as from any other. */
          requestsPerMinute?: number;
        };
      };
    };
    responses: {
      /** @description The application. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          /** @description Where it can be read. */
          Location: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Application'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       *
       *     `application_exists`: There is an application of this id already.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress' | 'application_exists';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getApplication: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The application. */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The application. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Application'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `application_not_found`: There is no such application.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'application_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  putApplication: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The application. */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
          /**
           * @description Where people may be sent back to, exactly.
           * @default []
           */
          returnUrls?: string[];
          /**
           * @description Whether it may carry single requests to banks itself: docs/delegated-calls.md.
           * @default false
           */
          mayDelegate?: boolean;
          /** @description That each API process takes from it; without it, as many as from any other. */
          requestsPerMinute?: number;
        };
      };
    };
    responses: {
      /** @description The application. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Application'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `application_not_found`: There is no such application.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'application_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listApplicationClients: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The application. */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The clients. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApplicationClientList'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `application_not_found`: There is no such application.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'application_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  createApplicationClient: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The application. */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uri
           * @description Exactly as `iss` of its tokens has it.
           */
          issuer: string;
          /** @description As the issuer knows the application. */
          clientId: string;
        };
      };
    };
    responses: {
      /** @description The client. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApplicationClient'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `application_not_found`: There is no such application.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'application_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       *
       *     `application_client_exists`: This client of the issuer speaks for an application already.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress' | 'application_client_exists';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  deleteApplicationClient: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The application. */
        applicationId: string;
        /** @description The client, by our id of it. */
        clientId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description They speak for nobody from now on. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `application_client_not_found`: There is no such client of an issuer.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'application_client_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listApplicationKeys: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The application. */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The keys. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiKeyList'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `application_not_found`: There is no such application.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'application_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  createApplicationKey: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The application. */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Where the key lies, for whoever will replace it. */
          label: string;
          /**
           * @description What it may be used for; null: everything.
           * @default null
           */
          scopes?:
            | (
                | 'consents:read'
                | 'consents:write'
                | 'data:read'
                | 'data:delegate'
                | 'evidence:read'
                | 'events:read'
                | 'webhooks:manage'
              )[]
            | null;
          /**
           * Format: date-time
           * @description From then on it is good for nothing.
           */
          expiresAt?: string;
        };
      };
    };
    responses: {
      /** @description The key. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          /** @description `no-store`: the key is in the answer. */
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NewApiKey'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `application_not_found`: There is no such application.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'application_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  revokeApplicationKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The application. */
        applicationId: string;
        /** @description The key. */
        keyId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is good for nothing from now on. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `api_key_not_found`: There is no such key.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'api_key_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  rotateApplicationKey: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The application. */
        applicationId: string;
        /** @description The key. */
        keyId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * @description How long the old key goes on working; 0: it ends at once.
           * @default 86400
           */
          overlapSeconds?: number;
        };
      };
    };
    responses: {
      /** @description The new key. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          /** @description `no-store`: the key is in the answer. */
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RotatedApiKey'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `api_key_not_found`: There is no such key.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'api_key_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       *
       *     `api_key_over`: This key is no longer in force.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress' | 'api_key_over';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  decodePayloads: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          payloads: ({
            /** @default {} */
            metadata?: {
              [key: string]: string;
            };
            /**
             * Format: base64
             * @default
             */
            data?: string;
          } & {
            [key: string]: unknown;
          })[];
        } & {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description The payloads, opened. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DecodedPayloads'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `idempotency_key_reused`: This Idempotency-Key was used for another request. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `vault_unavailable`: The key that opens the vault cannot be used right now.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'vault_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  erasePerson: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description The person is forgotten. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Erasure'];
        };
      };
      /** @description It goes on: ask again to learn how it ended. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Erasure'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       *
       *     `consent_not_ended`: This consent has not ended: revoke it first, then erase.
       *
       *     `consent_held`: A legal hold is in force: nothing of this consent is deleted.
       *
       *     `erasure_waits_for_bank`: The bank must still be told of the end, with tokens that erasing would destroy.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code:
              | 'idempotency_key_reused'
              | 'idempotency_in_progress'
              | 'consent_not_ended'
              | 'consent_held'
              | 'erasure_waits_for_bank';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `evidence_removed`: The evidence of this consent was removed when it need not be kept any longer. */
      410: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'evidence_removed';
            /** @constant */
            status: 410;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'engine_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  placeLegalHold: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The consent. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The hold is in force. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHold'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `consent_not_found`: There is no such consent.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'consent_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listLegalHolds: {
    parameters: {
      query?: {
        /** @description Also those that are over. */
        all?: 'true' | 'false';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The holds. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHoldList'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  releaseLegalHold: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The legal hold. */
        holdId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description The hold, released. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHold'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `hold_not_found`: There is no such legal hold.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'hold_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  listOperatorTasks: {
    parameters: {
      query?: {
        /** @description Also those that are over. */
        all?: 'true' | 'false';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The tasks. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OperatorTaskList'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  closeOperatorTask: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The task. */
        taskId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          resolution: string;
        };
      };
    };
    responses: {
      /** @description The task, closed. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OperatorTask'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `operator_task_not_found`: There is no such operator task.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'operator_task_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'engine_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  retryOperatorTask: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The task. */
        taskId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Nothing'];
      };
    };
    responses: {
      /** @description The task. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RetriedOperatorTask'];
        };
      };
      /**
       * @description `request_invalid`: The request does not match the schema.
       *
       *     `request_malformed`: The request body is not valid JSON.
       *
       *     `idempotency_key_invalid`: The Idempotency-Key is not one.
       */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid' | 'request_malformed' | 'idempotency_key_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `unauthenticated`: No valid API key was given. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unauthenticated';
            /** @constant */
            status: 401;
          };
        };
      };
      /** @description `forbidden`: This API key may not do that. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'forbidden';
            /** @constant */
            status: 403;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `operator_task_not_found`: There is no such operator task.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'operator_task_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /**
       * @description `idempotency_key_reused`: This Idempotency-Key was used for another request.
       *
       *     `idempotency_in_progress`: The first request with this Idempotency-Key has not been answered yet.
       */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'idempotency_key_reused' | 'idempotency_in_progress';
            /** @constant */
            status: 409;
          };
        };
      };
      /** @description `request_too_large`: The request body is too large. */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_too_large';
            /** @constant */
            status: 413;
          };
        };
      };
      /** @description `media_type_unsupported`: The content type is not supported. */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'media_type_unsupported';
            /** @constant */
            status: 415;
          };
        };
      };
      /** @description `rate_limited`: This application asks more often than it may. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'rate_limited';
            /** @constant */
            status: 429;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /**
       * @description `store_unavailable`: The database cannot be reached.
       *
       *     `engine_unavailable`: The workflow engine cannot be reached.
       */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Idempotency-Replayed'?: 'true';
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable' | 'engine_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getCheckpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The number of the checkpoint, or `latest`. */
        number: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The checkpoint. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          /** @description The checkpoint by its number. */
          'Content-Location': string;
          [name: string]: unknown;
        };
        content: {
          'application/jose': string;
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /**
       * @description `route_not_found`: There is nothing at this address.
       *
       *     `checkpoint_not_found`: There is no such checkpoint.
       */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'route_not_found' | 'checkpoint_not_found';
            /** @constant */
            status: 404;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getClientKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The keys. Cached for minutes, so that a new key is seen before it is used. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/jwk-set+json': components['schemas']['KeySet'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getReceiptKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The keys. Cached for minutes, so that a new key is seen before it is used. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/jwk-set+json': components['schemas']['KeySet'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description `store_unavailable`: The database cannot be reached. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'store_unavailable';
            /** @constant */
            status: 503;
          };
        };
      };
    };
  };
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It lives. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
    };
  };
  getOpenApi: {
    parameters: {
      query?: never;
      header?: {
        /** @description Entity tags of what you have (RFC 9110 §13.1.2). */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The OpenAPI document of this service. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          /** @description Of this document. */
          ETag: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OpenApiDocument'];
        };
      };
      /** @description You have it. */
      304: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          /** @description Of this document. */
          ETag: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
    };
  };
  getReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It can. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Readiness'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
      /** @description A part is away. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Readiness'];
        };
      };
    };
  };
  getReceiptSchema: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The schema. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/schema+json': components['schemas']['JsonSchema'];
        };
      };
      /** @description `request_invalid`: The request does not match the schema. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'request_invalid';
            /** @constant */
            status: 400;
          };
        };
      };
      /** @description `internal_error`: Something broke on our side. */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal_error';
            /** @constant */
            status: 500;
          };
        };
      };
    };
  };
}
