import { bootstrap, handOver } from './bootstrap.mjs';

bootstrap();
handOver(['dist/scripts/dev/main.js', ...process.argv.slice(2)]);
