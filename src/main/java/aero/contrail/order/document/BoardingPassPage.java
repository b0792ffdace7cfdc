package aero.contrail.order.document;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.springframework.web.util.HtmlUtils;

/** A boarding pass to print or to show at the gate. */
public final class BoardingPassPage {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);

  private BoardingPassPage() {}

  /** Without the time, which may have changed since the order was placed: airports show it. */
  public static String of(BoardingPassData pass) {
    return page(pass, name(pass), Barcodes.aztecSvg(Bcbp.of(pass)));
  }

  /** The same to print. */
  public static byte[] pdf(BoardingPassData pass) {
    var name = name(pass);
    return Pdf.of(
        page(
            pass,
            Pdf.hasGlyphs(name) ? name : Bcbp.name(pass),
            "<p><img alt=\"Bar code of the boarding pass\" src=\"%s\"/></p>\n"
                .formatted(Barcodes.aztecPng(Bcbp.of(pass)))));
  }

  private static String page(BoardingPassData pass, String name, String picture) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head><meta charset="utf-8"/><title>Boarding pass %2$s</title>
    <style>
    body{font-family:"DejaVu Sans",sans-serif} svg,img{width:12em}
    dt{float:left;width:8em} dd{margin-left:8em} @page{size:105mm 148mm;margin:8mm}
    </style></head>
    <body>
    <h1>Boarding pass</h1>
    <dl>
    <dt>Name</dt><dd>%1$s</dd>
    <dt>Flight</dt><dd>%2$s, %3$s to %4$s</dd>
    <dt>Date</dt><dd>%5$s</dd>
    <dt>Cabin</dt><dd>%6$s</dd>
    <dt>Seat</dt><dd>%7$s</dd>
    <dt>Sequence</dt><dd>%8$d</dd>
    <dt>Reservation</dt><dd>%9$s</dd>
    </dl>
    %10$s</body>
    </html>
    """
        .formatted(
            HtmlUtils.htmlEscape(name),
            pass.flight().designator(),
            pass.flight().origin(),
            pass.destination(),
            DATE.format(pass.flight().departureDate()),
            pass.cabin(),
            pass.seatInWords(),
            pass.sequence(),
            pass.locator(),
            picture);
  }

  private static String name(BoardingPassData pass) {
    return (Objects.requireNonNullElse(pass.givenName(), "")
            + " "
            + Objects.requireNonNullElse(pass.familyName(), ""))
        .strip();
  }
}
