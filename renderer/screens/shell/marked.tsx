/** Text in which the words between U+2068 and U+2069 are marked. */
export function Marked({ text }: { readonly text: string }) {
  const parts = text.split(/[\u2068\u2069]/u);
  return (
    <>
      {parts.map((part, index) =>
        // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
        index % 2 === 1 ? <mark key={index}>{part}</mark> : <span key={index}>{part}</span>,
      )}
    </>
  );
}
