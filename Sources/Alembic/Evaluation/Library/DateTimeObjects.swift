// The objects of datetime.

import SourceText

/// `datetime.timezone`
final class TimeZoneObject: ConstantObject {
  /// Seconds east of UTC.
  let offset: Int
  let isUTC: Bool
  var typeName: String { "timezone" }

  init(offset: Int, isUTC: Bool) {
    self.offset = offset
    self.isUTC = isUTC
  }

  var string: String { offset == 0 ? "UTC" : "UTC" + suffix }

  /// As an ISO date ends: `+02:00`.
  var suffix: String {
    let minutes = abs(offset) / 60
    let sign = offset < 0 ? "-" : "+"
    return "\(sign)\(DateTimes.padded(minutes / 60, 2)):\(DateTimes.padded(minutes % 60, 2))"
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func method(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? { nil }
}

/// `datetime.timedelta`
final class TimeDeltaObject: ConstantObject {
  let microseconds: Int
  var typeName: String { "timedelta" }

  init(_ microseconds: Int) { self.microseconds = microseconds }

  /// Nil beyond what arithmetic with dates cannot overflow on; Python's own limit is higher.
  static func checked(_ microseconds: Int) -> Value? {
    microseconds.magnitude < 86_400_000_000 * 9_999_999
      ? .model(TimeDeltaObject(microseconds)) : nil
  }

  /// Whole days, rounded down, and the rest.
  private var parts: (days: Int, rest: Int) {
    let day = 86_400_000_000
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: day)
    return remainder < 0 ? (quotient - 1, remainder + day) : (quotient, remainder)
  }

  var string: String {
    let (days, rest) = parts
    let seconds = rest / 1_000_000
    let micro = rest % 1_000_000
    var text =
      "\(seconds / 3600):\(DateTimes.padded(seconds / 60 % 60, 2)):\(DateTimes.padded(seconds % 60, 2))"
    if micro != 0 { text += "." + DateTimes.padded(micro, 6) }
    guard days != 0 else { return text }
    return "\(days) day\(abs(days) == 1 ? "" : "s"), \(text)"
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "days": .integer(parts.days)
    case "seconds": .integer(parts.rest / 1_000_000)
    case "microseconds": .integer(parts.rest % 1_000_000)
    default: .method(receiver: Box(.model(self)), name: name)
    }
  }

  func method(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? {
    switch (name, arguments.positional.first) {
    case ("total_seconds", nil): return .float(Double(microseconds) / 1_000_000)
    case ("__neg__", nil): return .model(TimeDeltaObject(-microseconds))
    case ("__add__", .model(let other as TimeDeltaObject)?):
      return Self.checked(microseconds &+ other.microseconds)
    case ("__sub__", .model(let other as TimeDeltaObject)?):
      return Self.checked(microseconds &- other.microseconds)
    case ("__mul__", .integer(let factor)?), ("__rmul__", .integer(let factor)?):
      let (product, overflow) = microseconds.multipliedReportingOverflow(by: factor)
      return overflow ? nil : Self.checked(product)
    case ("__add__", .model(let other)?), ("__radd__", .model(let other)?):
      return try (other as? any ConstantObject)?.method(
        "__add__", CallArguments(positional: [.model(self)], range: arguments.range), interpreter)
    default: return nil
    }
  }

  func order(_ other: any ConstantObject) -> Int? {
    guard let delta = other as? TimeDeltaObject else { return nil }
    return microseconds < delta.microseconds ? -1 : microseconds > delta.microseconds ? 1 : 0
  }
}

/// `datetime.date`
final class DateObject: ConstantObject {
  let day: DateTimes.Day
  var typeName: String { "date" }

  init(_ day: DateTimes.Day) { self.day = day }

  var string: String { day.text }

  func representation(_ interpreter: Interpreter) -> String? {
    "datetime.date(\(day.year), \(day.month), \(day.day))"
  }

  func format(_ specification: String) -> String? {
    DateTimes.format(specification, day, .midnight)
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "year": .integer(day.year)
    case "month": .integer(day.month)
    case "day": .integer(day.day)
    default: .method(receiver: Box(.model(self)), name: name)
    }
  }

  func method(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? {
    switch (name, arguments.positional.first) {
    case ("isoformat", nil): return .string(string)
    case ("strftime", .string(let pattern)?):
      return DateTimes.format(pattern, day, .midnight).map(Value.string)
    case ("__add__", .model(let delta as TimeDeltaObject)?),
      ("__sub__", .model(let delta as TimeDeltaObject)?):
      let days = delta.microseconds / 86_400_000_000 * (name == "__add__" ? 1 : -1)
      let moved = DateTimes.Day(number: day.number + days)
      return (1...9999).contains(moved.year) ? .model(DateObject(moved)) : nil
    case ("__sub__", .model(let other as DateObject)?):
      return .model(TimeDeltaObject((day.number - other.day.number) * 86_400_000_000))
    default: return nil
    }
  }

  func order(_ other: any ConstantObject) -> Int? {
    (other as? DateObject).map { day.number - $0.day.number }
  }
}

/// `datetime.datetime`
final class DateTimeObject: ConstantObject {
  let day: DateTimes.Day
  let time: DateTimes.Time
  let zone: TimeZoneObject?
  var typeName: String { "datetime" }

  init(_ day: DateTimes.Day, time: DateTimes.Time, zone: TimeZoneObject?) {
    self.day = day
    self.time = time
    self.zone = zone
  }

  /// Microseconds since 1970-01-01 on the clock of the zone.
  convenience init(microseconds: Int, zone: TimeZoneObject?) {
    let length = 86_400_000_000
    var (number, rest) = microseconds.quotientAndRemainder(dividingBy: length)
    if rest < 0 { (number, rest) = (number - 1, rest + length) }
    let seconds = rest / 1_000_000
    self.init(
      DateTimes.Day(number: number),
      time: DateTimes.Time(
        hour: seconds / 3600, minute: seconds / 60 % 60, second: seconds % 60,
        microsecond: rest % 1_000_000),
      zone: zone)
  }

  private var microseconds: Int { day.number * 86_400_000_000 + time.microseconds }

  private func text(separator: String) -> String {
    day.text + separator + time.text + (zone?.suffix ?? "")
  }

  var string: String { text(separator: " ") }

  func representation(_ interpreter: Interpreter) -> String? {
    guard zone == nil || zone?.isUTC == true else { return nil }
    var parts = [day.year, day.month, day.day, time.hour, time.minute]
    if time.second != 0 || time.microsecond != 0 { parts.append(time.second) }
    if time.microsecond != 0 { parts.append(time.microsecond) }
    let numbers = parts.map { String($0) }.joined(separator: ", ")
    return "datetime.datetime(\(numbers)\(zone == nil ? "" : ", tzinfo=datetime.timezone.utc"))"
  }

  func format(_ specification: String) -> String? { DateTimes.format(specification, day, time) }

  func isInstance(of name: LibraryName) -> Bool? {
    name.path == "datetime.datetime" || name.path == "datetime.date"
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "year": .integer(day.year)
    case "month": .integer(day.month)
    case "day": .integer(day.day)
    case "hour": .integer(time.hour)
    case "minute": .integer(time.minute)
    case "second": .integer(time.second)
    case "microsecond": .integer(time.microsecond)
    case "tzinfo": zone.map { .model($0) } ?? .some(.none)
    default: .method(receiver: Box(.model(self)), name: name)
    }
  }

  func method(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? {
    switch (name, arguments.positional.first) {
    case ("isoformat", nil):
      return arguments.keywords.isEmpty ? .string(text(separator: "T")) : nil
    case ("isoformat", .string(let separator)?): return .string(text(separator: separator))
    case ("strftime", .string(let pattern)?):
      return DateTimes.format(pattern, day, time).map(Value.string)
    case ("date", nil): return .model(DateObject(day))
    case ("timestamp", nil):
      guard let zone else { return nil }
      return .float(Double(microseconds - zone.offset * 1_000_000) / 1_000_000)
    case ("replace", nil): return replaced(arguments)
    case ("astimezone", .model(let other as TimeZoneObject)?):
      // A moment without a zone is one of the machine's.
      guard let zone else { return nil }
      return moved(by: (other.offset - zone.offset) * 1_000_000, to: other)
    case ("__add__", .model(let delta as TimeDeltaObject)?):
      return moved(by: delta.microseconds)
    case ("__sub__", .model(let delta as TimeDeltaObject)?):
      return moved(by: -delta.microseconds)
    case ("__sub__", .model(let other as DateTimeObject)?):
      guard (zone == nil) == (other.zone == nil) else { return nil }
      let shift = ((other.zone?.offset ?? 0) - (zone?.offset ?? 0)) * 1_000_000
      return .model(TimeDeltaObject(microseconds - other.microseconds + shift))
    default: return nil
    }
  }

  private func moved(by distance: Int, to other: TimeZoneObject? = nil) -> Value? {
    let result = DateTimeObject(microseconds: microseconds &+ distance, zone: other ?? zone)
    return (1...9999).contains(result.day.year) ? .model(result) : nil
  }

  private func replaced(_ arguments: CallArguments) -> Value? {
    var numbers = [
      "year": day.year, "month": day.month, "day": day.day, "hour": time.hour,
      "minute": time.minute, "second": time.second, "microsecond": time.microsecond,
    ]
    var zone = zone
    for (name, value) in arguments.keywords {
      switch value {
      case .integer(let number) where numbers[name] != nil: numbers[name] = number
      case .model(let other as TimeZoneObject) where name == "tzinfo": zone = other
      case .none where name == "tzinfo": zone = nil
      default: return nil
      }
    }
    guard
      let day = DateTimes.Day(
        checking: numbers["year"] ?? 0, numbers["month"] ?? 0, numbers["day"] ?? 0),
      let time = DateTimes.Time(
        checking: numbers["hour"] ?? 0, numbers["minute"] ?? 0, numbers["second"] ?? 0,
        numbers["microsecond"] ?? 0)
    else { return nil }
    return .model(DateTimeObject(day, time: time, zone: zone))
  }

  func order(_ other: any ConstantObject) -> Int? {
    guard let date = other as? DateTimeObject, (zone == nil) == (date.zone == nil) else {
      return nil
    }
    let left = microseconds - (zone?.offset ?? 0) * 1_000_000
    let right = date.microseconds - (date.zone?.offset ?? 0) * 1_000_000
    return left < right ? -1 : left > right ? 1 : 0
  }
}
