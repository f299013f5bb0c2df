import { bootstrap, handOver } from './bootstrap.mjs';

bootstrap();
const { bundleExample } = await import('../dist/scripts/bundle-example.js');
handOver([await bundleExample('budget'), ...process.argv.slice(2)]);
