import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { InstitutionId } from '../../src/domain/ids';
import { createMetrics } from '../../src/metrics';

const OPERATORS_PAGE = readFileSync(path.join(__dirname, '../../docs/operators.md'), 'utf8');
const bank = 'first-bank' as InstitutionId;

function used() {
  const metrics = createMetrics('api');
  metrics.requestAnswered('GET', '/v1/consents/:consentId', 200, 0.02);
  metrics.bankAnswered(bank, '429', 0.3);
  metrics.refreshEnded(bank, 'as_unreachable');
  metrics.secretOpened('tokens');
  metrics.webhookAttempted('delivered', 0.2);
  metrics.webhooksWaiting({ due: 3, oldestSeconds: 12.5, failingEndpoints: 1 });
  return metrics;
}

test('metrics of ours have the names that are documented, and no others', async () => {
  const text = await used().print();
  const printed = [...text.matchAll(/^# TYPE (fdx_consent_\w+)/gm)].map(([, name]) => name);
  const documented = [...OPERATORS_PAGE.matchAll(/^\| `(fdx_consent_\w+)`/gm)].map(([, name]) => name);
  expect(printed.sort()).toEqual(documented.sort());
  expect(text).toContain('process_cpu_seconds_total{service="api"}');
});

test('a request, a bank’s answer, a refresh and an opening are counted by bounded labels', async () => {
  const text = await used().print();
  expect(text).toMatch(
    /http_request_seconds_count{.*method="GET",route="\/v1\/consents\/:consentId",status="200".*} 1/,
  );
  expect(text).toMatch(/bank_request_seconds_count{.*institution="first-bank",outcome="429".*} 1/);
  expect(text).toMatch(/refreshes_total{institution="first-bank",outcome="as_unreachable",service="api"} 1/);
  expect(text).toMatch(/vault_openings_total{purpose="tokens",service="api"} 1/);
  expect(text).toMatch(/webhook_attempt_seconds_count{.*outcome="delivered".*} 1/);
  expect(text).toMatch(/webhooks_due{service="api"} 3/);
  expect(text).toMatch(/webhooks_oldest_seconds{service="api"} 12.5/);
});

test('what somebody else chooses never becomes a label', async () => {
  const metrics = createMetrics('api');
  for (let time = 0; time < 100; time += 1) {
    metrics.requestAnswered(`CANARY${time}`, undefined, 404, 0.1);
    metrics.bankAnswered(bank, `https://canary.example/${time}?code=x`, 0.1);
  }
  const text = await metrics.print();
  expect(text).not.toMatch(/canary/i);
  expect(text).toMatch(/http_request_seconds_count{.*method="other",route="none",status="404".*} 100/);
  expect(text).toMatch(/bank_request_seconds_count{.*outcome="other".*} 100/);
});
