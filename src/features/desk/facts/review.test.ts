// How far the grounds for holding back reach over the items that were judged.

import { expect, test } from 'vitest';
import { extentsOf } from './review.ts';

const seen = (decision: 'disclose' | 'withhold' | 'redact' | 'absent', ground: 'harms' | 'violates' | null) => ({
  holding: 'L-003',
  item: 'name',
  decision,
  ground,
});

test.each([
  [[seen('disclose', null)], 'none', 'none'],
  [[seen('disclose', null), seen('withhold', 'harms')], 'part', 'none'],
  [[seen('redact', 'harms')], 'part', 'none'],
  [[seen('withhold', 'harms'), seen('absent', null)], 'all', 'none'],
  [[seen('withhold', 'harms'), seen('withhold', 'violates')], 'all', 'all'],
])('%# 項目ごとの判断から、理由の及ぶ範囲', (reviews, harms, violates) => {
  expect(extentsOf(reviews)).toEqual({ harms, impedes: 'none', violates });
});
