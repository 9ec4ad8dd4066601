/** How reports differ from a meeting summary: denser, tables in the label face, figures that align. */

const SANS = "'Golos Text', 'PT Serif', 'Noto Sans', sans-serif";

export const REPORT_STYLE = `
.report { font-size: 9.5pt; }
.report h1 { font-size: 17pt; max-width: none; }
.report .title { margin-bottom: 4mm; }
.report .sub { font: 400 9.5pt/1.4 ${SANS}; color: #5e5953; margin-top: 1.4mm; }
.report .facts { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 2mm 4mm; padding-top: 3mm; }
.report.renewals .facts, .report.timeline .facts { grid-template-columns: repeat(5, minmax(0, 1fr)); }
.report .facts .value { font: 400 9pt/1.4 ${SANS}; font-variant-numeric: tabular-nums lining-nums; }
.report main > section { margin-top: 4.4mm; }
.report .watermark { color: #f4efe9; }
.report h2 { font-size: 10.5pt; margin-bottom: 1.2mm; }
.report p.note { font: 400 9pt/1.45 ${SANS}; color: #5e5953; margin-bottom: 2mm; max-width: 150mm; }
.report table { table-layout: fixed; font: 400 8.5pt/1.4 ${SANS}; font-variant-numeric: tabular-nums lining-nums; }
.report tbody th, .report tbody td { padding: 1mm 3mm 1mm 0; overflow-wrap: anywhere; }
.report tbody td:last-child { padding-right: 0; }
.report thead th { padding-bottom: 1mm; }
.report .number { text-align: right; white-space: nowrap; }
.report tbody th[scope=row] { font-weight: 600; }
.report .more { display: block; font-weight: 400; font-size: 7.5pt; line-height: 1.4; color: #6b6660; }
.report tbody .quiet { color: #6b6660; font-weight: 400; }
.report tbody .ok { color: #2f6b3a; }
.report tbody .attention { color: #7a5200; }
.report tbody .risk { color: #8c1d18; font-weight: 600; }
.report .group { break-after: avoid; }
.report .group th { font-weight: 600; font-size: 9.5pt; padding: 3.6mm 0 1mm; border-bottom: 0.5pt solid #cfc9c1; break-after: avoid; }
.report tbody:first-of-type .group th { padding-top: 2mm; }
.groupline { display: flex; justify-content: space-between; gap: 6mm; }
.groupline .aside { font-weight: 400; font-size: 8.5pt; color: #5e5953; white-space: nowrap; }
.report .steps { padding-left: 6mm; font-size: 9pt; line-height: 1.4; }
.report .steps li { margin-top: 0.5mm; break-inside: avoid; }
.report .steps li::marker { color: ACCENT; font-family: ${SANS}; font-size: 8pt; }

.lanes { margin-top: 2mm; }
.lanes table { font-size: 8pt; }
.report .lanes tbody th, .report .lanes tbody td, .report .lanes thead th { padding: 0; vertical-align: middle; }
.report .lanes thead th { border-bottom: 0.5pt solid #8f8a83; vertical-align: bottom; }
.report .lanes tbody th[scope=row] { padding-right: 3mm; overflow: hidden; }
.report .lanes tr { break-inside: avoid; }
.lanes svg { display: block; }
.lanes .name { display: block; font-weight: 600; font-size: 8pt; line-height: 1.3; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.lanes .who { display: block; font-weight: 400; font-size: 7pt; line-height: 1.35; color: #6b6660; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.lanes .who .state { font-weight: 500; }
.lanes .who .ok { color: #2f6b3a; } .lanes .who .attention { color: #7a5200; } .lanes .who .risk { color: #8c1d18; }
.report .lanes .group th { padding: 2.4mm 0 0.8mm; }
.legend { display: flex; flex-wrap: wrap; gap: 1.6mm 6mm; margin-top: 4mm; padding: 0; list-style: none; font: 400 7.5pt/1.4 ${SANS}; color: #5e5953; break-inside: avoid; }
.legend li { display: flex; align-items: center; gap: 1.6mm; }
@media screen {
  /* As wide as the frame of the last look. */
  .report.renewals, .report.timeline { width: 297mm; min-height: 210mm; padding: 16mm 14mm; zoom: 0.7; }
  .report.wide { width: 420mm; min-height: 297mm; zoom: 0.5; }
}
`;
