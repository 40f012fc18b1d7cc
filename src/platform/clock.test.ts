import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';

afterEach(() => vi.useRealTimers());

test('the day changes at midnight in Japan, and back again where the machine is set back', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const at = (instant: string): string => {
    vi.setSystemTime(new Date(instant));
    return systemClock.today();
  };
  expect(at('2026-12-31T14:59:59.999Z')).toBe('2026-12-31');
  expect(at('2026-12-31T15:00:00.000Z')).toBe('2027-01-01');
  expect(at('2027-01-01T14:59:59.999Z')).toBe('2027-01-01');
  expect(at('2027-01-01T15:00:00.000Z')).toBe('2027-01-02');
  expect(at('2026-12-31T14:59:59.999Z')).toBe('2026-12-31');
});
