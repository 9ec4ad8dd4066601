/** Timelines: of one contract for its page, and of all contracts. */
export { ContractTimeline } from './contract-timeline.tsx';
export { Portfolio } from './portfolio.tsx';
