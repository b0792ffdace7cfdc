package aero.contrail.order;

import java.time.ZoneId;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The local time of each sales channel, for the void window.
 *
 * @param zone the time of every channel that has none of its own
 */
@ConfigurationProperties("contrail.order")
public record ChannelZones(
    @DefaultValue("UTC") ZoneId zone, @DefaultValue Map<String, ZoneId> channelZones) {

  public ZoneId of(String channel) {
    return channelZones.getOrDefault(channel, zone);
  }
}
