import { bootstrap, handOver } from './bootstrap.mjs';

bootstrap();
handOver(['node_modules/jest/bin/jest.js', '--config', 'jest.config.cjs', ...process.argv.slice(2)]);
